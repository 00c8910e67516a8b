import { sha256Hex } from '../bytes.ts';
import type { Fault } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { drawSample, type InspectionTarget } from './draw.ts';
import type { PublishedFiles } from './names.ts';
import type { DrawPlan } from './plan.ts';
import { checkPlanHash, checkSeedPlan, type PublishedDraw, readPublished } from './published.ts';
import { formatResult } from './result-file.ts';

export interface Redraw {
  readonly plan: DrawPlan;
  /** SHA-256 of seed.txt. */
  readonly seed: string;
  readonly targets: readonly InspectionTarget[];
  /** The content of result.tsv. */
  readonly result: string;
}

/**
 * Runs a draw from its files (rd1 §1.4); the first draw and every later one are this same function. Errors: a missing or
 * malformed file, and a file that is not the one the plan or the seed names. Rows that name an unknown id or inspector
 * have no effect here; `verifyDraw` refuses them.
 */
export function redraw(files: PublishedFiles): Result<Redraw, readonly Fault[]> {
  return redrawRead(files, readPublished(files));
}

/** The same, for files that were read already. */
export function redrawRead(files: PublishedFiles, read: PublishedDraw): Result<Redraw, readonly Fault[]> {
  const { plan, frame, roster, avoid, seed, exclude, recuse } = read;
  if (!(plan.ok && frame.ok && roster.ok && avoid.ok && seed.ok && exclude.ok && recuse.ok)) {
    return err(
      Object.values(read).flatMap((file: PublishedDraw[keyof PublishedDraw]) => (file.ok ? [] : file.problem)),
    );
  }
  const foreign = [
    ...(['frame', 'roster', 'avoid'] as const).flatMap((name) => checkPlanHash(name, files, plan.value)),
    ...checkSeedPlan(files, seed.value),
  ];
  if (foreign.length > 0) return err(foreign);
  const seedHash = sha256Hex(files.get('seed.txt') ?? new Uint8Array(0));
  const targets = drawSample({
    seed: seedHash,
    frame: frame.value,
    roster: roster.value,
    avoid: avoid.value,
    take: plan.value.take,
    perObject: plan.value.perObject,
    exclude: exclude.value,
    recuse: recuse.value,
  });
  return ok({ plan: plan.value, seed: seedHash, targets, result: formatResult(targets) });
}
