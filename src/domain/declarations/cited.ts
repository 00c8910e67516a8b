import { parseStandardNumber } from '../standards/number.ts';
import type { DeclarationContent } from './content.ts';
import { citedIn } from './rules.ts';

export interface CitedStandard {
  readonly at: string;
  readonly compact: string;
}

/** The standards that a declaration cites: normative references and test methods, each with its place. */
export function citedStandards(content: DeclarationContent): readonly CitedStandard[] {
  const references = (content.standard.references ?? []).flatMap((typed, i) => {
    const number = parseStandardNumber(typed);
    return number.ok ? [{ at: `/standard/references/${i}`, compact: number.value.compact }] : [];
  });
  const methods = content.indicators.flatMap(({ testMethod }, i) =>
    citedIn(testMethod ?? '').map((compact) => ({ at: `/indicators/${i}/testMethod`, compact })),
  );
  return [...references, ...methods];
}

/** Every standard that the checks of a declaration may look up: executed, cited and named by limits. */
export function standardsToLookUp(content: DeclarationContent): readonly string[] {
  const executed = parseStandardNumber(content.standard.number);
  return [
    ...new Set([
      // Own standards are in no catalogue.
      ...(executed.ok && executed.value.level !== 'enterprise' ? [executed.value.compact] : []),
      ...citedStandards(content).map((cited) => cited.compact),
    ]),
  ];
}
