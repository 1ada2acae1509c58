import type { ByteReader } from "./byteReader";
import type { Constructors } from "./unpickle";

/** A value read from a pickle. Python's None is null. */
export type PickleValue =
  | null | boolean | number | bigint | string | Uint8Array | PickleTuple | PickleList | PickleDictionary | PickleName | PickleObject; // prettier-ignore

export interface PickleTuple {
  readonly type: "tuple";
  readonly items: readonly PickleValue[];
}

export interface PickleList {
  readonly type: "list";
  readonly items: PickleValue[];
}

export interface PickleDictionary {
  readonly type: "dictionary";
  readonly entries: Map<PickleValue, PickleValue>;
}

/** A name that has a constructor. */
export interface PickleName {
  readonly type: "name";
  readonly name: string;
}

/** Made by a constructor. */
export interface PickleObject {
  readonly type: "object";
  readonly value: unknown;
}

export interface Machine {
  readonly reader: ByteReader;
  readonly constructors: Constructors;
  readonly elsewhere?: (description: PickleValue) => PickleValue;
  readonly wrong: (expected: string, got: unknown) => never;
  readonly stack: PickleValue[];
  readonly marks: number[];
  readonly memo: Map<number, PickleValue>;
  /** Where the frame ends that was opened last. */
  frameEnd: number;
}

type Instruction = (machine: Machine) => void;

/**
 * The instructions that plain data needs, by their byte.
 *
 * @see CPython, Lib/pickletools.py, which documents every one
 */
export const instructions: Readonly<Record<number, Instruction>> = {
  0x80: ({ reader, wrong }) => {
    const protocol = reader.unsigned(1);
    if (protocol < 2 || protocol > 5) wrong("protocol 2 to 5", protocol);
  },
  0x95: (machine) => openFrame(machine),
  // constants
  0x4e: push(() => null),
  0x88: push(() => true),
  0x89: push(() => false),
  // numbers
  0x4b: push(({ reader }) => reader.unsigned(1)),
  0x4d: push(({ reader }) => reader.unsigned(2)),
  0x4a: push(({ reader }) => reader.signed32()),
  0x8a: push(({ reader }) => bigInteger(reader.bytes(reader.unsigned(1)))),
  0x47: push(({ reader }) => reader.float64BigEndian()),
  // text and bytes
  0x58: push(({ reader }) => text(reader.bytes(reader.unsigned(4)))),
  0x8c: push(({ reader }) => text(reader.bytes(reader.unsigned(1)))),
  0x42: push(({ reader }) => reader.bytes(reader.unsigned(4))),
  0x43: push(({ reader }) => reader.bytes(reader.unsigned(1))),
  0x8e: push(({ reader }) => reader.bytes(reader.unsigned(8))),
  // tuples
  0x28: ({ marks, stack }) => void marks.push(stack.length),
  0x29: push(() => ({ type: "tuple", items: [] })),
  0x85: push((machine) => ({ type: "tuple", items: pop(machine, 1) })),
  0x86: push((machine) => ({ type: "tuple", items: pop(machine, 2) })),
  0x87: push((machine) => ({ type: "tuple", items: pop(machine, 3) })),
  0x74: push((machine) => ({ type: "tuple", items: popToMark(machine) })),
  // lists and dictionaries
  0x5d: push(() => ({ type: "list", items: [] })),
  0x61: (machine) => append(machine, pop(machine, 1)),
  0x65: (machine) => append(machine, popToMark(machine)),
  0x7d: push(() => ({ type: "dictionary", entries: new Map() })),
  0x73: (machine) => setItems(machine, pop(machine, 2)),
  0x75: (machine) => setItems(machine, popToMark(machine)),
  // the memo
  0x71: (machine) => remember(machine, machine.reader.unsigned(1)),
  0x72: (machine) => remember(machine, machine.reader.unsigned(4)),
  0x94: (machine) => remember(machine, machine.memo.size),
  0x68: push((machine) => recall(machine, machine.reader.unsigned(1))),
  0x6a: push((machine) => recall(machine, machine.reader.unsigned(4))),
  // names, and what is made with them
  0x63: push((machine) => known(machine, `${machine.reader.line()} ${machine.reader.line()}`)),
  0x93: push((machine) => known(machine, pop(machine, 2).map(String).join(" "))),
  0x52: push((machine) => {
    const [callee, args] = pop(machine, 2);
    if (!is(callee, "name") || !is(args, "tuple")) return machine.wrong("a name and its arguments", describe(callee));
    return machine.constructors[callee.name]!(args.items);
  }),
  0x51: push((machine) => {
    const [description] = pop(machine, 1);
    return machine.elsewhere === undefined ? machine.wrong("no values kept elsewhere", "one") : machine.elsewhere(description!);
  }),
};

/** Whether a value is of one of the composite types. */
export function is<T extends "tuple" | "list" | "dictionary" | "name" | "object">(
  value: PickleValue | undefined,
  type: T,
): value is Extract<PickleValue, { readonly type: T }> {
  return typeof value === "object" && value !== null && "type" in value && value.type === type;
}

/** A frame says how many bytes follow that hold whole instructions. */
function openFrame(machine: Machine): void {
  const { reader, wrong } = machine;
  const length = reader.unsigned(8);
  if (reader.position() - 9 < machine.frameEnd) wrong("one frame after the other", "a frame in a frame");
  if (length > reader.left()) wrong(`${length} bytes in a frame`, reader.left());
  machine.frameEnd = reader.position() + length;
}

function push(make: (machine: Machine) => PickleValue): Instruction {
  return (machine) => void machine.stack.push(make(machine));
}

function pop({ stack, marks, wrong }: Machine, count: number): PickleValue[] {
  if (stack.length - (marks.at(-1) ?? 0) < count) wrong(`${count} values to take`, stack.length - (marks.at(-1) ?? 0));
  return stack.splice(stack.length - count);
}

function popToMark({ stack, marks, wrong }: Machine): PickleValue[] {
  return stack.splice(marks.pop() ?? wrong("a mark", "none"));
}

function append({ stack, wrong }: Machine, items: readonly PickleValue[]): void {
  const list = stack.at(-1);
  if (!is(list, "list")) return wrong("a list to append to", describe(list));
  for (const item of items) list.items.push(item);
}

function setItems({ stack, wrong }: Machine, items: readonly PickleValue[]): void {
  const dictionary = stack.at(-1);
  if (!is(dictionary, "dictionary") || items.length % 2 !== 0) return wrong("a dictionary and pairs", describe(dictionary));
  for (let i = 0; i < items.length; i += 2) dictionary.entries.set(items[i]!, items[i + 1]!);
}

function remember({ stack, memo, wrong }: Machine, index: number): void {
  memo.set(index, stack.length > 0 ? stack.at(-1)! : wrong("a value to remember", "none"));
}

function recall({ memo, wrong }: Machine, index: number): PickleValue {
  const value = memo.has(index) ? memo.get(index)! : wrong("a value remembered before", `number ${index}`);
  return is(value, "list") || is(value, "dictionary") ? wrong("lists and dictionaries used once", `a ${value.type} used again`) : value;
}

function known({ constructors, wrong }: Machine, name: string): PickleName {
  return Object.hasOwn(constructors, name) ? { type: "name", name } : wrong(`only ${Object.keys(constructors).join(", ")}`, name);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

/** Little-endian two's complement. */
function bigInteger(bytes: Uint8Array): bigint {
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return (bytes.at(-1) ?? 0) >= 128 ? value - (1n << BigInt(8 * bytes.length)) : value;
}

function describe(value: PickleValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value instanceof Uint8Array) return "bytes";
  return typeof value === "object" && value !== null ? `a ${value.type}` : String(value);
}
