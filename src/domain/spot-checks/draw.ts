import { compareBytes } from '../bytes.ts';
import type { SamplingFrame } from './frame.ts';
import { assignInspectors, type Pick } from './inspectors.ts';
import type { Inspector, Pair } from './lists.ts';
import { firstUnits } from './order.ts';
import { ticketWriter } from './tickets.ts';

/** Everything that decides a draw; `seed` is the SHA-256 of seed.txt in hex. */
export interface DrawInput {
  readonly seed: string;
  readonly frame: SamplingFrame;
  readonly roster: readonly Inspector[];
  readonly avoid: readonly Pair[];
  readonly take: ReadonlyMap<string, number>;
  readonly perObject: number;
  readonly exclude: readonly { readonly id: string }[];
  readonly recuse: readonly Pair[];
}

/** One drawn object: a line of result.tsv. `rank` is its place in the stratum's full order and is never renumbered. */
export interface InspectionTarget {
  readonly stratum: string;
  readonly rank: number;
  readonly id: string;
  readonly inspectors: readonly string[];
}

/** What a draw could not fill, derived from plan and result (rd1 §1.9). */
export interface Shortages {
  /** stratum → objects missing. */
  readonly objects: ReadonlyMap<string, number>;
  /** id → inspectors missing. */
  readonly inspectors: ReadonlyMap<string, number>;
}

/**
 * Draws the sample (rd1 §1.4): a pure function of its input, in which the order of rows is of no consequence. An excluded
 * object makes room for the next in its stratum's order, so replacement depends on the set of exclusions alone.
 */
export function drawSample(input: DrawInput): readonly InspectionTarget[] {
  const excluded = new Set(input.exclude.map(({ id }) => id));
  const picks = pickUnits(input, excluded);
  const inspectors = assignInspectors(picks, input);
  return picks
    .filter(({ id }) => !excluded.has(id))
    .map((pick) => ({
      stratum: pick.stratum,
      rank: pick.rank,
      id: pick.id,
      inspectors: inspectors.get(pick) ?? [],
    }));
}

export function shortagesOf(
  plan: Readonly<{ take: ReadonlyMap<string, number>; perObject: number }>,
  targets: readonly InspectionTarget[],
): Shortages {
  const drawn = new Map<string, number>();
  for (const { stratum } of targets) drawn.set(stratum, (drawn.get(stratum) ?? 0) + 1);
  const objects = new Map<string, number>();
  for (const [stratum, count] of plan.take) {
    const missing = count - (drawn.get(stratum) ?? 0);
    if (missing > 0) objects.set(stratum, missing);
  }
  const short = targets.filter(({ inspectors }) => inspectors.length < plan.perObject);
  return { objects, inspectors: new Map(short.map(({ id, inspectors }) => [id, plan.perObject - inspectors.length])) };
}

/** The initial picks, excluded or not, and the replacements, by (stratum, rank). */
function pickUnits(input: DrawInput, excluded: ReadonlySet<string>): readonly Pick[] {
  const writeTicket = ticketWriter(input.seed, 'object');
  return [...input.take]
    .sort(([a], [b]) => compareBytes(a, b))
    .flatMap(([name, take]) => {
      const stratum = input.frame.strata.get(name);
      if (stratum === undefined || take === 0) return [];
      const reach = Math.min(take + excluded.size, stratum.to - stratum.from);
      let free = take;
      const picks: Pick[] = [];
      firstUnits(input.frame, stratum, reach, writeTicket).forEach(({ id }, i) => {
        const initial = i < take;
        const chosen = free > 0 && !excluded.has(id);
        if (chosen) free--;
        if (initial || chosen) picks.push({ stratum: name, rank: i + 1, id, initial });
      });
      return picks;
    });
}
