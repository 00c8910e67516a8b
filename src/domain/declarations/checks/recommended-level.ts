import { fault, text } from '../../fault.ts';
import { foldForSearch } from '../../text/fold.ts';
import { meetsAll } from '../../schemes/conditions.ts';
import { holdsOn } from '../../standards/in-force.ts';
import type { Found } from '../finding.ts';
import type { PreparedLimit } from '../rules.ts';
import type { Check, Given } from './check.ts';
import { limitsOf, shortfallOf } from './shortfall.ts';

/**
 * Indicators of an own standard that are fewer or lower than a recommended standard's: lawful, but stated in public at the
 * declaration (企业标准化促进办法 art. 14).
 */
export const recommendedLevel: Check = {
  severity: 'state',
  find: (given) => (given.number?.level === 'enterprise' ? [...lower(given), ...fewer(given)] : []),
};

function lower({ content, readable, rules }: Given): readonly Found[] {
  return content.indicators.flatMap((indicator, i) =>
    readable[i]
      ? limitsOf(indicator.name, 'recommended', content, rules).flatMap(({ prepared, applies }) => {
          const shortfall = shortfallOf(indicator, prepared);
          if (!shortfall || applies === 'unknown') return [];
          return [
            {
              ...fault(
                `/indicators/${i}${shortfall.field}`,
                'recommended.lower',
                shortfall.found,
                levelOf(prepared),
                text(
                  '请提高指标，或明示低于推荐性标准及其理由',
                  'raise it, or state in public that it is lower, and why',
                ),
              ),
              about: indicator.name,
            },
          ];
        })
      : [],
  );
}

function fewer({ content, rules }: Given): readonly Found[] {
  const declared = new Set(content.indicators.map(({ name }) => foldForSearch(name)));
  return rules.limits.flatMap((prepared) => {
    const { limit, names } = prepared;
    if (limit.force !== 'recommended' || !holdsOn(limit, rules.day)) return [];
    if (meetsAll(limit.when, content.parameters) !== 'yes' || [...names].some((name) => declared.has(name))) return [];
    return [
      {
        ...fault(
          '/indicators',
          'recommended.missing',
          null,
          levelOf(prepared),
          text(
            `请增加指标“${limit.indicator}”，或明示未公开及其理由`,
            `add “${limit.indicator}”, or state in public that it is left out, and why`,
          ),
        ),
        about: limit.indicator,
      },
    ];
  });
}

function levelOf({ limit }: PreparedLimit): Found['expected'] {
  const bound = `${limit.direction === 'higher' ? '≥' : '≤'} ${limit.value} ${limit.unit}`;
  return text(
    `推荐性标准 ${limit.standard} 的水平：“${limit.indicator}”${bound}`,
    `the level of the recommended standard ${limit.standard}: “${limit.indicator}” ${bound}`,
  );
}
