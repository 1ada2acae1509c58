const reasons: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "a place that can only be read",
  ENOENT: "no such place",
  ENOTDIR: "a file where a folder should be",
  EISDIR: "a folder where a file should be",
  EEXIST: "something else of that name",
  ENOSPC: "no space left on the disk",
  EDQUOT: "no space left on the disk",
  EFBIG: "a file that may not grow",
  ENAMETOOLONG: "a name that is too long",
  ECONNREFUSED: "nobody there",
  ENOTFOUND: "a name that no machine has",
  EAI_AGAIN: "a name that no machine has",
  ECONNRESET: "a connection that broke",
  UND_ERR_SOCKET: "a connection that broke",
};

/** Why the operating system refused, in words instead of its code. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? code ?? message;
}
