import { refuse } from "../../runtime/refuse";

/**
 * Solves A x = b by Cholesky's factors, A = L Lᵀ.
 *
 * @throws {InputError} in the caller's name
 * @param matrix row-major, symmetric and positive definite; only its lower half is read, and overwritten by L
 */
export function solvePositiveDefinite(matrix: Float64Array, b: Float64Array, caller: string): Float64Array {
  const n = b.length;
  const below = (row: number, column: number) => {
    let sum = matrix[row * n + column]!;
    for (let k = 0; k < column; k++) sum -= matrix[row * n + k]! * matrix[column * n + k]!;
    return sum;
  };
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < row; column++) matrix[row * n + column] = below(row, column) / matrix[column * n + column]!;
    const pivot = below(row, row);
    if (!(pivot > 0)) refuse(caller, "a positive definite matrix; features of very different or very large magnitudes want scaling first", pivot, `feature ${row}`);
    matrix[row * n + row] = Math.sqrt(pivot);
  }
  const x = b.slice();
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < row; k++) x[row]! -= matrix[row * n + k]! * x[k]!;
    x[row]! /= matrix[row * n + row]!;
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) x[row]! -= matrix[k * n + row]! * x[k]!;
    x[row]! /= matrix[row * n + row]!;
  }
  return x;
}
