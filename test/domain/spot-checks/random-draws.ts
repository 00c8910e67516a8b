import fc from 'fast-check';
import { sha256Hex } from '../../../src/domain/bytes.ts';
import type { Result } from '../../../src/domain/result.ts';
import { formatFrame, type SamplingUnit } from '../../../src/domain/spot-checks/frame.ts';
import {
  type Exclusion,
  formatExclusions,
  formatPairs,
  formatRoster,
  type Inspector,
  type Pair,
} from '../../../src/domain/spot-checks/lists.ts';
import { formatPlan } from '../../../src/domain/spot-checks/plan.ts';
import { type Redraw, redraw } from '../../../src/domain/spot-checks/redraw.ts';
import { formatSeed } from '../../../src/domain/spot-checks/seed.ts';
import { bytesOf } from './vectors.ts';

/** A draw as its organiser knows it, before files are made of it. */
export interface RandomDraw {
  readonly units: readonly SamplingUnit[];
  readonly roster: readonly Inspector[];
  readonly avoid: readonly Pair[];
  readonly take: ReadonlyMap<string, number>;
  readonly perObject: number;
  readonly dice: string;
  readonly exclude: readonly Exclusion[];
  readonly recuse: readonly Pair[];
}

// Names that sort differently by locale, by number or as keys of a JavaScript object.
const STRATA = ['9', '10', 'a', 'a.1', 'B', 'b_2', 'constructor'];
const INSPECTORS = ['Q', 'a', 'B', 'b', 'c~', '!d', '10', '9', '~~'];

const ids = fc.uniqueArray(fc.stringMatching(/^[!-~]{1,8}$/), { minLength: 1, maxLength: 40 });
const subset = <Value>(values: readonly Value[]): fc.Arbitrary<Value[]> => fc.subarray([...values]);

export const randomDraw: fc.Arbitrary<RandomDraw> = fc
  .tuple(ids, fc.uniqueArray(fc.constantFrom(...INSPECTORS), { maxLength: 8 }))
  .chain(([names, people]) =>
    fc.record({
      units: fc.tuple(...names.map(randomUnit)),
      roster: fc.tuple(...people.map(randomInspector)),
      avoid: randomPairs(names, people),
      recuse: randomPairs(names, people),
      take: subset(STRATA).chain((strata) =>
        fc.tuple(...strata.map((stratum) => fc.tuple(fc.constant(stratum), fc.nat(12)))).map((pairs) => new Map(pairs)),
      ),
      perObject: fc.nat(4),
      dice: fc.stringMatching(/^[0-9]{20}$/),
      exclude: subset(names).map((out) => out.slice(0, 10).map(exclusionOf)),
    }),
  );

export function exclusionOf(id: string): Exclusion {
  return { id, reason: 'DEREGISTERED', evidenceSha256: sha256Hex(id) };
}

/** The published files of a draw, without its result. */
export function publish(draw: RandomDraw): Map<string, Uint8Array> {
  const [frame, roster, avoid] = [formatFrame(draw.units), formatRoster(draw.roster), formatPairs(draw.avoid)];
  const plan = formatPlan({
    draw: 'random',
    frame: sha256Hex(frame),
    roster: sha256Hex(roster),
    avoid: sha256Hex(avoid),
    frameCount: draw.units.length,
    take: draw.take,
    perObject: draw.perObject,
    entropy: [{ kind: 'dice', rolls: 20 }],
    commit: new Map(),
  });
  const files = {
    'plan.json': plan,
    'frame.tsv': frame,
    'roster.tsv': roster,
    'avoid.tsv': avoid,
    'seed.txt': formatSeed({ plan: sha256Hex(plan), entropy: `dice ${draw.dice}`, secrets: new Map() }),
    'exclude.tsv': formatExclusions(draw.exclude),
    'recuse.tsv': formatPairs(draw.recuse),
  };
  return new Map(Object.entries(files).map(([name, content]) => [name, bytesOf(content)]));
}

export function redrawn(draw: RandomDraw): Redraw {
  return valueOf(redraw(publish(draw)));
}

/** The value of what must not fail in this test. */
export function valueOf<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.value;
}

function randomUnit(id: string): fc.Arbitrary<SamplingUnit> {
  return fc.record({
    stratum: fc.constantFrom(...STRATA),
    weight: fc.constantFrom(1, 1, 2, 7, 999_999_999, 1_000_000_000),
    id: fc.constant(id),
  });
}

function randomInspector(inspector: string): fc.Arbitrary<Inspector> {
  const some = fc.subarray(STRATA, { minLength: 1 });
  return fc.record({ inspector: fc.constant(inspector), strata: fc.oneof(fc.constant('*' as const), some) });
}

function randomPairs(names: readonly string[], people: readonly string[]): fc.Arbitrary<Pair[]> {
  return subset(names.flatMap((id) => people.map((inspector) => ({ id, inspector })))).map((pairs) =>
    pairs.slice(0, 30),
  );
}
