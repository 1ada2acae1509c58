import { sizeOf } from "../model/layer";
import { tf } from "../runtime/tensorflow";

/** Typed arrays that are filled anew in every step: allocated once, grown when needed. */
export class Scratch {
  private readonly arrays = new Map<unknown, Float32Array>();

  /**
   * A tensor whose first axis is filled model by model.
   *
   * @param name whose array it is
   * @param fill writes the values of model `g` to its part of the row-major array
   */
  tensor(name: unknown, shape: number[], fill: (values: Float32Array, g: number) => void): tf.Tensor {
    const size = sizeOf(shape);
    let array = this.arrays.get(name);
    if (array === undefined || array.length < size) this.arrays.set(name, (array = new Float32Array(size)));
    const values = array.subarray(0, size);
    for (let g = 0; g < shape[0]!; g++) fill(values, g);
    return tf.tensor(values, shape, "float32");
  }
}
