/** The scalar product of two rows. */
export function dot(a: ArrayLike<number>, rowA: number, b: ArrayLike<number>, rowB: number, width: number): number {
  let even = 0;
  let odd = 0; // two sums keep the processor from waiting for the first
  let i = rowA * width;
  let j = rowB * width;
  for (const last = i + width - 1; i < last; i += 2, j += 2) {
    even += a[i]! * b[j]!;
    odd += a[i + 1]! * b[j + 1]!;
  }
  return width % 2 === 0 ? even + odd : even + odd + a[i]! * b[j]!;
}
