import { averagePool } from "./averagePool";
import { batchNorm } from "./batchNorm";
import { conv2d } from "./conv2d";
import { frozen } from "./frozen";
import type { LayerMaker } from "./layer";
import { maxPool } from "./maxPool";
import { relu } from "./relu";
import { residual } from "./residual";

/** The trunk of a residual network. */
export interface ResNetTrunk {
  /** `"basic"`: two 3 × 3 convolutions a block (ResNet-18). `"bottleneck"`: 1 × 1, 3 × 3, 1 × 1 (ResNet-50). */
  readonly block: "basic" | "bottleneck";
  /** Blocks in each of the four stages. */
  readonly blocks: readonly [number, number, number, number];
  /** Filters of the first stage; each later one has twice as many. Default 64. */
  readonly filters?: number;
  /** `"large"`: 7 × 7 with stride 2 and pooling, for 224 × 224. `"small"`: 3 × 3, for 32 × 32. */
  readonly stem: "large" | "small";
  /** So many of the four stages, and the stem with the first, stay as they are. Default 0. */
  readonly frozenStages?: number;
}

/**
 * The layers of a residual network up to and with its average pooling, named as torchvision names them.
 *
 * @see He, Zhang, Ren, Sun (2015), arXiv 1512.03385, table 1; in bottlenecks the 3 × 3 convolution has the stride, as in torchvision
 */
export function resNetTrunk({ block, blocks, filters = 64, stem, frozenStages = 0 }: ResNetTrunk): LayerMaker[] {
  const first = [convolution("conv1", filters, stem === "large" ? 7 : 3, stem === "large" ? 2 : 1), batchNorm("bn1"), relu()];
  if (stem === "large") first.push(maxPool(3, { stride: 2, padding: 1 }));
  const stages = blocks.map((count, s) =>
    Array.from({ length: count }, (_, b) => residualBlock(block, `layer${s + 1}.${b}`, filters * 2 ** s, s > 0 && b === 0 ? 2 : 1, b === 0 && (s > 0 || block === "bottleneck"))),
  );
  const keep = (layers: LayerMaker[], stage: number) => (stage < frozenStages ? frozen(layers) : layers);
  return [...keep(first, 0), ...stages.flatMap(keep), averagePool()];
}

function residualBlock(block: "basic" | "bottleneck", name: string, filters: number, stride: number, widens: boolean): LayerMaker {
  const out = block === "basic" ? filters : 4 * filters;
  const basic = [convolution("conv1", filters, 3, stride), batchNorm("bn1"), relu(), convolution("conv2", filters, 3), batchNorm("bn2")];
  const bottleneck = [
    ...[convolution("conv1", filters, 1), batchNorm("bn1"), relu()],
    ...[convolution("conv2", filters, 3, stride), batchNorm("bn2"), relu()],
    ...[convolution("conv3", out, 1), batchNorm("bn3")],
  ];
  const shortcut = widens ? [convolution("downsample.0", out, 1, stride), batchNorm("downsample.1")] : [];
  return residual({ main: block === "basic" ? basic : bottleneck, shortcut, name });
}

function convolution(name: string, filters: number, kernel: number, stride = 1): LayerMaker {
  return conv2d({ filters, kernel, stride, padding: (kernel - 1) / 2, bias: false, start: "normal", name });
}
