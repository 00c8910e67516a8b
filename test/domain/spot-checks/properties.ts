import fc from 'fast-check';
import { sha256Hex } from '../../../src/domain/bytes.ts';
import { drawSample, type InspectionTarget } from '../../../src/domain/spot-checks/draw.ts';
import { formatFrame, parseFrame } from '../../../src/domain/spot-checks/frame.ts';
import { formatRoster } from '../../../src/domain/spot-checks/lists.ts';
import { exclusionOf, publish, type RandomDraw, randomDraw, redrawn, valueOf } from './random-draws.ts';
import { bytesOf, textOf } from './vectors.ts';

type Property = fc.IProperty<unknown>;

const shuffled = <Value>(values: readonly Value[]): fc.Arbitrary<Value[]> =>
  fc.shuffledSubarray([...values], { minLength: values.length, maxLength: values.length });

/** What holds for every draw; a few hundred in each test run, ten thousand in the long one. */
export const DRAW_PROPERTIES: Readonly<Record<string, Property>> = {
  'rows in any order make the same files, hence the same result': fc.property(
    randomDraw.chain((draw) =>
      fc.tuple(
        fc.constant(draw),
        shuffled(draw.units),
        shuffled(draw.roster),
        shuffled(draw.avoid),
        shuffled(draw.exclude),
      ),
    ),
    ([draw, units, roster, avoid, exclude]) => {
      if (redrawn(draw).result !== redrawn({ ...draw, units, roster, avoid, exclude }).result)
        throw new Error('differs');
    },
  ),

  'an excluded object makes room for the next of its stratum, and nobody else moves': fc.property(
    randomDraw,
    (draw) => {
      const before = { ...draw, exclude: [], recuse: [] };
      const targets = redrawn(before).targets;
      const gone = targets[targets.length >> 1];
      if (gone === undefined) return;
      const after = redrawn({ ...before, exclude: [exclusionOf(gone.id)] }).targets;
      const kept = new Set(targets.filter(({ id }) => id !== gone.id).map(({ id }) => id));
      const inStratum = draw.units.filter(({ stratum }) => stratum === gone.stratum).length;
      const take = draw.take.get(gone.stratum) ?? 0;
      const added = after.filter(({ id }) => !kept.has(id));
      equal(
        after.filter(({ id }) => kept.has(id)),
        targets.filter(({ id }) => kept.has(id)),
      );
      equal(
        added.map(({ stratum, rank }) => ({ stratum, rank })),
        inStratum > take ? [{ stratum: gone.stratum, rank: take + 1 }] : [],
      );
    },
  ),

  'the order in which exclusions come in is of no consequence': fc.property(randomDraw, (draw) => {
    equal(redrawn({ ...draw, exclude: draw.exclude.toReversed() }).targets, redrawn(draw).targets);
  }),

  'a recusal changes the inspectors of its own object alone': fc.property(randomDraw, (draw) => {
    const before = { ...draw, recuse: [] };
    const [first] = draw.recuse;
    if (first === undefined) return;
    const others = (targets: ReturnType<typeof redrawn>['targets']) => targets.filter(({ id }) => id !== first.id);
    const after = redrawn({ ...before, recuse: [first] }).targets;
    equal(others(after), others(redrawn(before).targets));
    const own = after.find(({ id }) => id === first.id);
    if (own?.inspectors.includes(first.inspector)) throw new Error('a recused inspector was assigned');
  }),

  'a larger take only adds objects': fc.property(randomDraw, fc.nat(5), (draw, more) => {
    const small = { ...draw, exclude: [] };
    const large = { ...small, take: new Map([...draw.take].map(([stratum, count]) => [stratum, count + more])) };
    // Another plan would have another seed, hence another order; only one seed lets the two be compared.
    const drawn = drawnWith(small).map(({ id }) => id);
    const superset = new Set(drawnWith(large).map(({ id }) => id));
    for (const id of drawn) if (!superset.has(id)) throw new Error(`${id} was lost`);
  }),

  'nobody gets an avoided, recused or foreign inspector, nor more than asked': fc.property(randomDraw, (draw) => {
    const barred = new Set([...draw.avoid, ...draw.recuse].map(({ id, inspector }) => `${id}\t${inspector}`));
    const strata = new Map(draw.roster.map(({ inspector, strata }) => [inspector, strata]));
    for (const { stratum, id, inspectors } of redrawn(draw).targets) {
      const isFine = inspectors.every((inspector) => {
        const covered = strata.get(inspector);
        return !barred.has(`${id}\t${inspector}`) && (covered === '*' || covered?.includes(stratum));
      });
      if (!isFine || inspectors.length > draw.perObject) throw new Error(`${id}: ${inspectors.join()}`);
    }
  }),

  'formatted files are in the order of LC_ALL=C sort': fc.property(randomDraw, (draw) => {
    const files = publish(draw);
    const lines = textOf(files, 'roster.tsv').split('\n').slice(0, -1);
    equal(
      lines,
      lines.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    equal(formatFrame(draw.units.toReversed()), textOf(files, 'frame.tsv'));
    equal(formatRoster(draw.roster.toReversed()), textOf(files, 'roster.tsv'));
  }),
};

function drawnWith(draw: RandomDraw): readonly InspectionTarget[] {
  const frame = valueOf(parseFrame(bytesOf(formatFrame(draw.units))));
  return drawSample({ ...draw, frame, seed: sha256Hex(draw.dice) });
}

function equal(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${a} is not ${b}`);
}
