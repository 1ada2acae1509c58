/** The type of a picture by its first bytes; undefined for anything but PNG, JPEG and GIF. */
export function pictureType(bytes: Uint8Array): "image/png" | "image/jpeg" | "image/gif" | undefined {
  const begins = (...start: number[]) => start.every((byte, i) => bytes[i] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47)) return "image/png";
  if (begins(0xff, 0xd8, 0xff)) return "image/jpeg";
  return begins(0x47, 0x49, 0x46, 0x38) ? "image/gif" : undefined;
}
