import { refuse } from "../../runtime/refuse";
import { byteReader } from "./byteReader";
import { instructions, type Machine, type PickleValue } from "./instructions";

/** What a name in a pickle stands for: a function of almq's own, called instead of Python's. */
export type Constructors = Readonly<Record<string, (args: readonly PickleValue[]) => PickleValue>>;

export interface UnpickleOptions {
  /** By `"module name"`. Any other name is refused, so nothing in the file is ever executed. */
  readonly constructors: Constructors;
  /** What stands for a value that the pickle only describes and keeps elsewhere. Default: refused. */
  readonly elsewhere?: (description: PickleValue) => PickleValue;
  /** For errors. */
  readonly name: string;
  /** Where the pickle begins. Default 0. */
  readonly start?: number;
}

/** Far more than any result file has. */
const mostInstructions = 1_000_000;

/** The instruction that ends a pickle. */
const stop = 0x2e;

/**
 * Reads a pickle (protocols 2 to 5) as plain data, without executing anything in it.
 *
 * Only the instructions that lists, tuples, dictionaries, numbers, text and bytes need are known. Lists and dictionaries
 * cannot be used twice, so that no value contains itself; every size is checked against the bytes that are there, and the
 * number of instructions is limited.
 *
 * @returns the value, and the position after it
 * @throws {InputError} for anything else, naming the byte
 */
export function unpickle(bytes: Uint8Array, { name, start = 0, ...known }: UnpickleOptions): { value: PickleValue; end: number } {
  const wrong = (expected: string, got: unknown): never => refuse("unpickle", expected, got, `byte ${reader.position()} of ${name}`);
  const reader = byteReader(bytes, start, (expected, got) => wrong(expected, got));
  const machine: Machine = { reader, ...known, wrong, stack: [], marks: [], memo: new Map(), frameEnd: start };
  let count = 0;
  for (let code = reader.unsigned(1); code !== stop; code = reader.unsigned(1)) {
    if (++count > mostInstructions) wrong(`at most ${mostInstructions} instructions`, "more");
    const framed = reader.position() <= machine.frameEnd;
    const step = instructions[code] ?? wrong("an instruction for plain data", `0x${code.toString(16).padStart(2, "0")}`);
    step(machine);
    if (framed && reader.position() > machine.frameEnd) wrong("an instruction that ends in its frame", `one that ends ${reader.position() - machine.frameEnd} bytes later`);
  }
  if (reader.position() < machine.frameEnd) wrong("a frame that ends with the pickle", `one that goes on for ${machine.frameEnd - reader.position()} bytes`);
  if (machine.stack.length !== 1 || machine.marks.length !== 0) wrong("one finished value", `${machine.stack.length} values`);
  return { value: machine.stack[0]!, end: reader.position() };
}
