import { z } from 'zod';
import { Scheme } from '../schemes/scheme.ts';
import { CatalogueStandard } from '../standards/catalogue.ts';
import { StandardLimit } from '../standards/limit.ts';
import { parseStandardNumber } from '../standards/number.ts';
import { COMMITMENTS } from './commitment.ts';
import { concerns, type DeclarationRules, prepareLimit, prepareSchemes } from './rules.ts';

/**
 * The rules of one day as one document, to check declarations without the register: limits, the newest version of each
 * scheme, editions of the commitment, and of the catalogue the standards that a check can say something about: withdrawn or
 * replaced ones, what took their place, and test methods that schemes name. Nothing is ever found of any other.
 */
export const RulePack = z
  .strictObject({
    v: z.literal(1),
    /** The register's day; what is in force is asked for this day. */
    day: z.iso.date(),
    /** The one category that limits and schemes were taken for; null for all. */
    category: z.string().nullable(),
    snapshots: z.strictObject({ standards: z.int(), limits: z.int() }),
    standards: z.array(CatalogueStandard),
    limits: z.array(StandardLimit),
    schemes: z.array(Scheme),
    commitments: z.array(
      z.strictObject({
        version: z.int(),
        validFrom: z.iso.date(),
        text: z.strictObject({ zh: z.string(), en: z.string() }),
      }),
    ),
  })
  .meta({ id: 'RulePack' });
export type RulePack = z.infer<typeof RulePack>;

/** The rules of a pack by category: the same that the register checks by on that day. */
export function rulesOfPack(pack: RulePack): (category: string) => DeclarationRules {
  const standards = new Map(
    pack.standards.flatMap((standard) => {
      const number = parseStandardNumber(standard.number);
      return number.ok ? [[number.value.compact, standard] as const] : [];
    }),
  );
  const known = new Map<string, DeclarationRules>();
  return (category) => {
    const before = known.get(category);
    if (before) return before;
    const rules = {
      day: pack.day,
      standard: (compact: string) => standards.get(compact) ?? null,
      limits: pack.limits.filter((limit) => concerns(limit.category, category)).map(prepareLimit),
      indicators: prepareSchemes(pack.schemes.filter((scheme) => scheme.category === category)),
    };
    known.set(category, rules);
    return rules;
  };
}

/** Whether a pack can say anything of a category: one made for another category cannot. */
export function covers(pack: RulePack, category: string): boolean {
  return pack.category === null || pack.category === category;
}

/** The first edition of the commitment that this program does not know, and so cannot check; null where it knows all. */
export function unknownCommitment(pack: RulePack): number | null {
  const unknown = pack.commitments.find(({ version }) => COMMITMENTS.every((one) => one.version !== version));
  return unknown?.version ?? null;
}
