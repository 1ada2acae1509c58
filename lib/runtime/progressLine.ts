/** Progress of a long command: one line that is rewritten in a terminal, a line now and then in a log. */
export interface ProgressLine {
  /** @param share done, from 0 to 1, @param words what is done, in words */
  show(share: number, words: string): void;
  end(): void;
}

const width = 24;
/** Milliseconds between two updates: in a terminal, in a log. */
const pace = { terminal: 200, log: 30_000 };

/** Shows `title`, a bar, the words, and an estimate of the time left. */
export function progressLine(title: string, out: NodeJS.WriteStream = process.stderr): ProgressLine {
  const began = Date.now();
  let shown = 0;
  let startedAt: number | undefined; // the share when the first work was seen: what was found done before took no time
  const every = out.isTTY ? pace.terminal : pace.log;
  let last = "";
  return {
    show(share, words) {
      startedAt ??= share;
      last = `${title}  ${bar(share)}  ${words}${left(share - startedAt, 1 - share, Date.now() - began)}`;
      if (Date.now() - shown < every && share < 1) return;
      shown = Date.now();
      out.write(out.isTTY ? `\r\u001b[K${last}` : `${last}\n`);
    },
    end: () => void out.write(out.isTTY ? `\r\u001b[K${last}\n` : ""),
  };
}

function bar(share: number): string {
  const full = Math.round(width * Math.min(1, share));
  return "█".repeat(full) + "░".repeat(width - full);
}

function left(done: number, toDo: number, milliseconds: number): string {
  if (done <= 0 || toDo <= 0) return "";
  const seconds = Math.round(((milliseconds / done) * toDo) / 1000);
  return seconds < 60 ? ` · ${seconds} s left` : ` · ${Math.floor(seconds / 60)} min ${seconds % 60} s left`;
}
