import type { VNode } from 'preact';
import { type LevelTable, SCHEME_INDICATOR_KINDS, type SchemeIndicator, tiersOf } from '../../domain/schemes/scheme.ts';
import { type Fact, Facts, Scroll } from '../components/facts.tsx';
import { formatUnit } from '../format.ts';
import { type Frame, inBrackets, words } from '../frame.ts';
import { conditionsInWords } from './condition-text.ts';
import { choiceWords, thresholdWords, tierName } from './scheme-words.ts';

interface Props {
  readonly frame: Frame;
  readonly indicator: SchemeIndicator;
}

/** The indicators of a scheme by their kinds: core, basic, innovation. */
export function IndicatorList({
  frame,
  indicators,
}: {
  readonly frame: Frame;
  readonly indicators: readonly SchemeIndicator[];
}): VNode {
  return (
    <section aria-labelledby="indicators">
      <h2 id="indicators">{frame.t.scheme.indicators}</h2>
      {SCHEME_INDICATOR_KINDS.map((kind) => {
        const own = indicators.filter((indicator) => indicator.kind === kind);
        if (own.length === 0) return null;
        return (
          <>
            <h3>{frame.t.schemes.kindsOf[kind]}</h3>
            {own.map((indicator) => (
              <IndicatorSection frame={frame} indicator={indicator} />
            ))}
          </>
        );
      })}
    </section>
  );
}

/** Everything that a scheme says of one indicator: direction, thresholds with what is known of each, how values are read. */
function IndicatorSection({ frame, indicator }: Props): VNode {
  const name = words(frame, indicator.name);
  return (
    <section class="card" aria-labelledby={`i-${indicator.code}`}>
      <h4 id={`i-${indicator.code}`}>{inBrackets(frame, name, formatUnit(indicator.unit))}</h4>
      <p class="under">
        {[
          choiceWords(frame, 'indicator', 'kind', indicator.kind),
          choiceWords(frame, 'indicator', 'direction', indicator.direction),
        ].join(' · ')}
      </p>
      {indicator.levels.map((table, i) => (
        <Levels frame={frame} indicator={indicator} table={table} label={`${name} ${i + 1}`} isFirst={i === 0} />
      ))}
      <Facts facts={factsOf(frame, indicator)} />
    </section>
  );
}

function Levels({
  frame,
  indicator,
  table,
  label,
  isFirst,
}: Props & { readonly table: LevelTable; readonly label: string; readonly isFirst: boolean }): VNode {
  // The first table that a product meets is its own, so one without conditions behind others is for the rest.
  const rest = !isFirst && table.when.length === 0;
  const t = frame.t.schemes;
  return (
    <Scroll label={label}>
      <table>
        <caption>{`${frame.t.scheme.when}${frame.t.site.colon}${rest ? t.others : conditionsInWords(frame, table.when)}`}</caption>
        <thead>
          <tr>
            <th scope="col">{t.tier}</th>
            <th scope="col" class="number">
              {t.threshold}
            </th>
            <th scope="col">{t.confidence}</th>
          </tr>
        </thead>
        <tbody>
          {tiersOf(table).map((tier) => (
            <tr>
              <th scope="row">{tierName(frame, tier)}</th>
              <td class="number">{thresholdWords(frame, indicator, tier.threshold)}</td>
              <td>
                {tier.confidence
                  ? choiceWords(frame, 'levels', 'confidence/advanced', tier.confidence)
                  : t.confidenceUnknown}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="under">
        {[
          table.floor ? t.floor(thresholdWords(frame, indicator, table.floor.threshold), table.floor.standard) : '',
          table.source ? `${frame.t.scheme.source}${frame.t.site.colon}${table.source}` : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </Scroll>
  );
}

function factsOf(frame: Frame, indicator: SchemeIndicator): readonly Fact[] {
  const t = frame.t.schemes;
  const { site, scheme } = frame.t;
  const { min, max } = indicator.plausible;
  const unit = formatUnit(indicator.unit);
  const rule = (path: 'repeated' | 'range' | 'tolerance') => {
    const value = indicator[path];
    return `${t[path]}${site.colon}${value ? choiceWords(frame, 'indicator', path, value) : t.defaults[path]}`;
  };
  const { pair } = indicator;
  const facts: readonly (Fact | null)[] = [
    indicator.aliases.length > 0 ? [t.names, indicator.aliases.join(site.comma)] : null,
    pair
      ? [
          t.reading,
          t.pair(choiceWords(frame, 'indicator', 'pair/take', pair.take), pair.of[0]?.[0] ?? '', pair.of[1]?.[0] ?? ''),
        ]
      : null,
    indicator.target === undefined ? null : [t.target, `${indicator.target} ${unit}`.trim()],
    indicator.order ? [t.order, indicator.order.join(' › ')] : null,
    indicator.appliesWhen.length > 0 ? [scheme.appliesWhen, conditionsInWords(frame, indicator.appliesWhen)] : null,
    [scheme.methods, indicator.testMethods.join(site.comma) || scheme.anyMethod],
    indicator.testConditions ? [t.testConditions, conditionsInWords(frame, indicator.testConditions)] : null,
    min !== undefined || max !== undefined ? [scheme.plausible, `${min ?? '…'}～${max ?? '…'} ${unit}`.trim()] : null,
    [t.reading, [rule('repeated'), rule('range'), rule('tolerance')].join(site.semicolon)],
    [t.missing, choiceWords(frame, 'indicator', 'missing', indicator.missing)],
    indicator.weight === undefined ? null : [t.weight, String(indicator.weight)],
    indicator.bonus === undefined ? null : [t.bonus, String(indicator.bonus)],
    indicator.source ? [scheme.source, indicator.source] : null,
  ];
  return facts.filter((fact) => fact !== null);
}
