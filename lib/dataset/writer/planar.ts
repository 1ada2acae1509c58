/** A picture with all of one colour first, then the next: the order of CIFAR and PyTorch. */
export function planar(interleaved: Uint8Array, channels: number): Uint8Array {
  const pixels = interleaved.length / channels;
  const result = new Uint8Array(interleaved.length);
  for (let channel = 0, at = 0; channel < channels; channel++)
    for (let pixel = 0; pixel < pixels; pixel++) result[at++] = interleaved[pixel * channels + channel]!;
  return result;
}
