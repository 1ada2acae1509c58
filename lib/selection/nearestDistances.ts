/** Points of a space, row-major [point, width]. */
export interface Points {
  readonly values: Float32Array;
  readonly width: number;
}

/** Distances from every point to the nearest centre, worked out only as far as somebody asks. */
export interface NearestDistances {
  /** Makes some of the points centres. */
  add(centres: readonly number[]): void;
  /** The points farther than `radius` from every centre, ascending. */
  beyond(radius: number): Int32Array;
}

/**
 * Keeps, for every point, the nearest of the centres it has met so far. A point that has met one within the radius asked
 * for meets no more until a smaller radius is asked for. Centres with the same largest coordinate come first: when points
 * are logits the model takes them for the same class, and they are likely near.
 */
export function nearestDistances({ values, width }: Points): NearestDistances {
  const count = values.length / width;
  const group = Uint8Array.from({ length: count }, (_, i) => largestCoordinate(values, width, i));
  const squared = new Float64Array(count).fill(Infinity); // to the nearest centre met
  const met = new Int32Array(count); // coordinates of centres met, in the order of the point's group
  let queues: Float64Array[] = []; // coordinates of all centres, for each group of points in its own order
  return {
    add(centres) {
      if (queues.length > 0) return meetAll(centres);
      queues = Array.from({ length: width }, (_, first) => {
        const turn = (centre: number) => (group[centre]! - first + width) % width;
        const order = [...centres].sort((a, b) => turn(a) - turn(b));
        return coordinates(order);
      });
    },
    beyond(radius) {
      const limit = radius * radius;
      const far = new Int32Array(count);
      let found = 0;
      for (let i = 0; i < count; i++) if (staysBeyond(i, limit)) far[found++] = i;
      return far.subarray(0, found);
    },
  };

  function staysBeyond(i: number, limit: number): boolean {
    const queue = queues[group[i]!]!;
    let nearest = squared[i]!;
    let at = met[i]!;
    for (; nearest > limit && at < queue.length; at += width) nearest = nearer(i, queue, at, nearest);
    met[i] = at;
    squared[i] = nearest;
    return nearest > limit;
  }

  /** The squared distance from point `i` to the centre at `at`, given up once it is not below `nearest`. */
  function nearer(i: number, centres: Float64Array, at: number, nearest: number): number {
    let sum = 0;
    for (let l = 0, start = i * width; l < width && sum < nearest; l++) {
      const difference = values[start + l]! - centres[at + l]!;
      sum += difference * difference;
    }
    return sum < nearest ? sum : nearest;
  }

  function meetAll(added: readonly number[]): void {
    const centres = coordinates(added);
    for (let i = 0; i < count; i++)
      for (let at = 0; at < centres.length; at += width) squared[i] = nearer(i, centres, at, squared[i]!);
  }

  function coordinates(points: readonly number[]): Float64Array {
    const flat = new Float64Array(points.length * width);
    points.forEach((point, row) => flat.set(values.subarray(point * width, (point + 1) * width), row * width));
    return flat;
  }
}

function largestCoordinate(values: Float32Array, width: number, point: number): number {
  let best = 0;
  for (let l = 1; l < width; l++) if (values[point * width + l]! > values[point * width + best]!) best = l;
  return best;
}
