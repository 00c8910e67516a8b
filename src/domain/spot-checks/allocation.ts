import { compareBytes } from '../bytes.ts';
import { type Fault, fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';

/** What decides a stratum's share: its units, and for Neyman also their spread, an integer from 1. */
export interface StratumSize {
  readonly units: number;
  readonly spread?: number;
}

interface Share {
  readonly stratum: string;
  readonly units: bigint;
  readonly least: bigint;
  readonly weight: bigint;
}

/**
 * Distributes `sample` objects over strata (rd1 §1.6, §1.9): by largest remainder of the sizes (proportional), or of size
 * times spread (Neyman) where a spread is given; no stratum gets less than `minimum` (or all it has) or more than it has.
 * Whole numbers only. Errors: a sample below the sum of the minima or above the number of units.
 */
export function allocate(
  strata: ReadonlyMap<string, StratumSize>,
  sample: number,
  minimum = 0,
): Result<ReadonlyMap<string, number>, readonly Fault[]> {
  let free = [...strata]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([stratum, size]) => shareOf(stratum, size, minimum));
  const least = sum(free.map((share) => share.least));
  const most = sum(free.map((share) => share.units));
  if (BigInt(sample) < least || BigInt(sample) > most) return err([sampleFault(sample, least, most)]);

  const fixed = new Map<string, bigint>();
  let rest = BigInt(sample);
  while (free.length > 0) {
    const quotas = largestRemainder(rest, free);
    const clamped = free.map((share, i) => clamp(quotas[i] ?? 0n, share.least, share.units));
    const excess = sum(clamped.map((value, i) => value - (quotas[i] ?? 0n)));
    // Too much was added: the strata lifted to their minimum are final. Too much was cut: those that take all are.
    const isFinal = (i: number): boolean => {
      const change = (clamped[i] ?? 0n) - (quotas[i] ?? 0n);
      if (excess === 0n) return true;
      return excess > 0n ? change > 0n : change < 0n;
    };
    free.forEach((share, i) => {
      if (!isFinal(i)) return;
      fixed.set(share.stratum, clamped[i] ?? 0n);
      rest -= clamped[i] ?? 0n;
    });
    free = free.filter((_, i) => !isFinal(i));
  }
  return ok(new Map([...strata.keys()].map((stratum) => [stratum, Number(fixed.get(stratum) ?? 0n)])));
}

/** The total in proportion to the weights: floors, then one more to the largest remainders, ties by stratum. */
function largestRemainder(total: bigint, shares: readonly Share[]): readonly bigint[] {
  const whole = sum(shares.map(({ weight }) => weight));
  if (whole === 0n) return shares.map(() => 0n);
  const quotas = shares.map(({ weight }) => (total * weight) / whole);
  const remainder = (i: number): bigint => (total * (shares[i]?.weight ?? 0n)) % whole;
  const byRemainder = shares.map((_, i) => i).sort((a, b) => compare(remainder(b), remainder(a)) || a - b);
  const missing = Number(total - sum(quotas));
  for (const i of byRemainder.slice(0, missing)) quotas[i] = (quotas[i] ?? 0n) + 1n;
  return quotas;
}

function shareOf(stratum: string, size: StratumSize, minimum: number): Share {
  const units = BigInt(size.units);
  const least = BigInt(Math.min(minimum, size.units));
  return { stratum, units, least, weight: units * BigInt(size.spread ?? 1) };
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

function sampleFault(sample: number, least: bigint, most: bigint): Fault {
  return fault(
    '/sample',
    'draw.sample-size',
    sample,
    text(`${least} 到 ${most} 之间`, `from ${least} to ${most}`),
    text('调整样本量或每层下限', 'change the sample or the minimum of a stratum'),
  );
}
