import { sizeOf } from "../model/layer";
import { tf } from "../runtime/tensorflow";

/** Typed arrays that are filled anew in every step: allocated once, grown when needed. */
export class Scratch {
  private readonly named = new Map<string, Float32Array>();
  private readonly owned = new WeakMap<object, Float32Array>(); // they go with their owner

  /**
   * A tensor whose first axis is filled model by model.
   *
   * @param whose array it is: no two tensors of a step may have one owner or name
   * @param fill writes the values of model `g` to its part of the row-major array
   */
  tensor(whose: string | object, shape: number[], fill: (values: Float32Array, g: number) => void): tf.Tensor {
    const values = this.array(whose, sizeOf(shape));
    for (let g = 0; g < shape[0]!; g++) fill(values, g);
    return tf.tensor(values, shape, "float32");
  }

  private array(whose: string | object, size: number): Float32Array {
    const kept = typeof whose === "string" ? this.named.get(whose) : this.owned.get(whose);
    if (kept !== undefined && kept.length >= size) return kept.subarray(0, size);
    const array = new Float32Array(size);
    if (typeof whose === "string") this.named.set(whose, array);
    else this.owned.set(whose, array);
    return array;
  }
}
