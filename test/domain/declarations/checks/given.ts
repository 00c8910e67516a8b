import { checkDeclaration } from '../../../../src/domain/declarations/check.ts';
import { DeclarationContent } from '../../../../src/domain/declarations/content.ts';
import { type DeclarationRules, prepareLimit, prepareSchemes } from '../../../../src/domain/declarations/rules.ts';
import type { Scheme } from '../../../../src/domain/schemes/scheme.ts';
import { CatalogueStandard } from '../../../../src/domain/standards/catalogue.ts';
import { StandardLimit } from '../../../../src/domain/standards/limit.ts';
import { parseStandardNumber } from '../../../../src/domain/standards/number.ts';
import { airPurifier } from '../../../support/builders.ts';

export const DAY = '2026-11-22';

/** Rules of a made-up catalogue, limits and schemes, as a register would load them. */
export function rulesOf(given: {
  readonly standards?: readonly unknown[];
  readonly limits?: readonly unknown[];
  readonly schemes?: readonly Scheme[];
  readonly day?: string;
}): DeclarationRules {
  const standards = new Map(
    (given.standards ?? []).map((one) => {
      const standard = CatalogueStandard.parse(one);
      const number = parseStandardNumber(standard.number);
      return [number.ok ? number.value.compact : standard.number, standard] as const;
    }),
  );
  return {
    day: given.day ?? DAY,
    standard: (compact) => standards.get(compact) ?? null,
    limits: (given.limits ?? []).map((one) => prepareLimit(StandardLimit.parse(one))),
    indicators: prepareSchemes(given.schemes ?? []),
  };
}

export type Changes = Partial<DeclarationContent> & { readonly number?: string };

/** A right declaration of an air purifier with some fields changed. */
export function declaration({ number = 'Q/ABCD 001-2026', ...changes }: Changes = {}): DeclarationContent {
  return DeclarationContent.parse({ ...airPurifier({ number }), ...changes });
}

/** What the checks find in a changed declaration: severity, code, place, what it is about, and whether it is answered. */
export function findingsOf(changes: Changes, rules: DeclarationRules = rulesOf({})) {
  return checkDeclaration(declaration(changes), rules).findings.map(({ severity, code, at, about, answered }) => ({
    severity,
    code,
    at,
    about,
    answered,
  }));
}

export function isAccepted(changes: Changes, rules: DeclarationRules = rulesOf({})): boolean {
  return checkDeclaration(declaration(changes), rules).accepted !== null;
}

/** The purifier's indicators with one of them changed. */
export function withIndicator(
  name: string,
  change: Partial<DeclarationContent['indicators'][number]>,
): DeclarationContent['indicators'] {
  return declaration().indicators.map((row) => (row.name === name ? { ...row, raw: null, ...change } : row));
}

export const noiseLimit = {
  code: 'noise-floor',
  category: 'C3464',
  force: 'mandatory',
  indicator: '噪声',
  aliases: ['噪音'],
  direction: 'lower',
  value: '60',
  unit: 'dB(A)',
  standard: 'GB 12345-2020',
  clause: '5.2',
  validFrom: '2021-01-01',
};
