/** The budgets at which curves are drawn: 0, every whole batch, and the whole budget. */
export function batchSteps(budget: number, batchBudget: number): number[] {
  const whole = Math.floor(budget / batchBudget + 1e-9);
  const steps = Array.from({ length: whole + 1 }, (_, batch) => Number((batch * batchBudget).toPrecision(12)));
  return budget - steps[whole]! > 1e-6 ? [...steps, budget] : steps;
}

/** Where a learning curve has the value of a budget that may be no whole number. */
export function curveIndex(budget: number): number {
  return Math.ceil(budget - 1e-9);
}
