import type { Premises } from './premises.ts';
import type { Exclusion } from './result.ts';

/**
 * The entry condition of every list: a declared standard has to be regular, its citations valid, or it stands in neither
 * the tiers nor the overall list (DOMAIN 4.1, rule 3). A decision on an objection may leave a version out as well; the
 * next version of the declaration is judged anew.
 */
export function admission({ standards, decisions }: Premises) {
  const notInForce = new Set(standards.map(({ number }) => number));
  const out = new Map(
    decisions
      .filter(({ effect }) => effect === 'exclude-row')
      .map(({ declaration, revision, objection }) => [`${declaration} ${revision}`, objection]),
  );
  return (id: string, revision: number, cited: readonly string[]): Exclusion | null => {
    const objection = out.size === 0 ? undefined : out.get(`${id} ${revision}`);
    if (objection !== undefined) return { reason: 'decided-out', about: [objection] };
    if (notInForce.size === 0) return null;
    const about = cited.filter((number) => notInForce.has(number));
    return about.length > 0 ? { reason: 'standard-not-in-force', about } : null;
  };
}
