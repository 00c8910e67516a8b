/** One goal's figure: ours against a yardstick of the same run, as a ratio; times only beside it. */
export interface Goal {
  readonly goal: string;
  readonly ratio: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly yardstick: string;
  readonly detail: string;
}

export interface BenchOptions {
  readonly seconds: number;
  readonly size: number;
}

export function formatGoal({ goal, ratio, atLeast, atMost, yardstick, detail }: Goal): string {
  const bound = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  const met = atLeast === undefined ? ratio <= (atMost ?? 0) : ratio >= atLeast;
  return `${goal}: ${ratio.toFixed(3)} (${bound}: ${met ? 'met' : 'not met'}) of ${yardstick}; ${detail}`;
}

/** The middle value; of an even number, the lower middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
