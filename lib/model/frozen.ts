import type { LayerMaker } from "./layer";

/**
 * Makes layers that training leaves alone: their weights stay, and batch normalisation keeps using its running statistics.
 *
 * Frozen layers at the beginning of a network run once per sample; what they make of it is kept (see `network`).
 */
export function frozen(layers: readonly LayerMaker[]): LayerMaker[] {
  return layers.map((make) => (inputShape, position) => {
    const layer = make(inputShape, position);
    return {
      ...layer,
      frozen: true,
      smallestBatch: 1,
      parameters: layer.parameters.map((parameter) => ({ ...parameter, trained: false })),
      forward: (x, weights) => layer.forward(x, weights),
    };
  });
}
