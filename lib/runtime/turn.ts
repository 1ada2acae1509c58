/** Gives the event loop its turn: timers, messages and interrupts are served before the promise resolves. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Milliseconds of work between two turns. */
const slice = 50;

/** Does work that comes in steps, and gives the event loop its turn between them now and then. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (let began = performance.now(); ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < slice) continue;
    await turn();
    began = performance.now();
  }
}

/** Does the same at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
