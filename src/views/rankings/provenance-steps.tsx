import type { ComponentChildren, VNode } from 'preact';
import type { ExplainedTier, IndicatorExplanation, ReadRow, ShownEnd } from '../../domain/comparisons/explain.ts';
import type { ListIndicator } from '../../domain/rankings/entry.ts';
import type { SchemeIndicator } from '../../domain/schemes/scheme.ts';
import { Scroll } from '../components/facts.tsx';
import { Chinese } from '../components/names.tsx';
import { formatNumber, formatUnit } from '../format.ts';
import { type Frame, inBrackets, words } from '../frame.ts';
import { conditionsInWords } from '../schemes/condition-text.ts';
import { outcomeInWords } from './outcome-text.ts';
import { tierName } from './tiers-page.tsx';

interface Props {
  readonly frame: Frame;
  readonly indicator: SchemeIndicator;
  readonly explained: IndicatorExplanation;
  readonly shown: ListIndicator | undefined;
}

type Step = readonly [step: string, found: ComponentChildren, rule: string];

/** The steps of one indicator as a table: what was done, what was found, by which rule. */
export function IndicatorSteps({ frame, indicator, explained, shown }: Props): VNode {
  const t = frame.t.lists.source;
  const name = inBrackets(frame, words(frame, indicator.name), formatUnit(indicator.unit));
  return (
    <section aria-labelledby={`i-${indicator.code}`}>
      <h2 id={`i-${indicator.code}`}>{name}</h2>
      <Scroll label={name}>
        <table class="provenance-steps">
          <thead>
            <tr>
              <th scope="col">{t.step}</th>
              <th scope="col">{t.found}</th>
              <th scope="col">{t.rule}</th>
            </tr>
          </thead>
          <tbody>
            {stepsOf(frame, indicator, explained, shown).map(([step, found, rule]) => (
              <tr>
                <th scope="row">{step}</th>
                <td>{found}</td>
                <td>{rule}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function stepsOf(
  frame: Frame,
  indicator: SchemeIndicator,
  explained: IndicatorExplanation,
  shown: ListIndicator | undefined,
): readonly Step[] {
  const t = frame.t.lists.source;
  const paragraph = (path: string) => `${t.paragraph} ${explained.at}${path}`;
  const outcome = outcomeInWords(frame, explained.result);
  if (explained.rows.length === 0)
    return [
      [t.steps.declared, t.notDeclared, t.general.declared],
      [t.steps.level, outcome, paragraph('')],
    ];
  const steps: Step[] = explained.rows.flatMap((row) => rowSteps(frame, explained, row, paragraph));
  if (explained.applies.conditions.length > 0)
    steps.push([
      t.steps.applies,
      `${conditionsInWords(frame, explained.applies.conditions)} · ${metInWords(frame, explained.applies.met)}`,
      paragraph('/appliesWhen'),
    ]);
  if (explained.tested.conditions.length > 0)
    steps.push([
      t.steps.condition,
      `${conditionsInWords(frame, explained.tested.conditions)} · ${metInWords(frame, explained.tested.met)}`,
      paragraph('/testConditions'),
    ]);
  for (const [end, say] of [
    [explained.guaranteed?.low, t.low],
    [explained.guaranteed?.high, t.high],
  ] as const)
    if (end) steps.push(...endSteps(frame, indicator, end, say));
  const { min, max } = explained.plausible;
  if (min !== undefined || max !== undefined)
    steps.push([t.steps.plausible, `${min ?? '…'}～${max ?? '…'}`, paragraph('/plausible')]);
  if (explained.table)
    steps.push([
      t.steps.table,
      `${t.tableOf(explained.table.index + 1)} · ${conditionsInWords(frame, explained.table.when)}`,
      paragraph(`/levels/${explained.table.index}/when`),
    ]);
  for (const tier of explained.tiers)
    steps.push(tierStep(frame, indicator, tier, paragraph(`/levels/${explained.table?.index ?? 0}/${tier.at}`)));
  steps.push([t.steps.level, <b>{outcome}</b>, t.general.level]);
  if (shown?.tierRank !== undefined)
    steps.push([t.steps.place, frame.t.board.tierPlace(shown.tierRank), frame.t.lists.tiers.hint]);
  return steps;
}

function rowSteps(
  frame: Frame,
  explained: IndicatorExplanation,
  row: ReadRow,
  paragraph: (path: string) => string,
): readonly Step[] {
  const t = frame.t.lists.source;
  const by = row.mapping
    ? t.names.mapping(row.mapping.as, row.mapping.reason, row.mapping.on)
    : t.names[row.by === 'mapping' ? 'name' : row.by];
  const read = row.by === 'alias' ? '/aliases' : row.by === 'pair' ? '/pair' : '/name';
  const methods = explained.acceptedMethods.join(frame.t.site.comma) || frame.t.scheme.anyMethod;
  return [
    [
      t.steps.declared,
      <Chinese frame={frame}>{`${row.name}${frame.t.site.colon}${row.raw}`}</Chinese>,
      `${t.general.declared} · /content/indicators/${row.place}`,
    ],
    [t.steps.name, by, paragraph(read)],
    [t.steps.method, row.testMethod ?? frame.t.scheme.none, `${methods} · ${paragraph('/testMethods')}`],
  ];
}

function endSteps(
  frame: Frame,
  indicator: SchemeIndicator,
  end: ShownEnd,
  say: (value: string) => string,
): readonly Step[] {
  const t = frame.t.lists.source;
  const quantity = (value: string, unit: string) => `${formatNumber(value)} ${formatUnit(unit)}`.trim();
  const declared = quantity(end.declared, end.unit);
  const converted =
    end.unit === indicator.unit || end.declared === end.value
      ? t.asDeclared
      : `${t.converted(declared, quantity(end.value, indicator.unit))}${end.exact ? '' : t.rounded}`;
  return [
    [t.steps.guaranteed, say(declared), t.general.guaranteed],
    [t.steps.converted, converted, t.general.converted],
  ];
}

function tierStep(frame: Frame, indicator: SchemeIndicator, tier: ExplainedTier, rule: string): Step {
  const t = frame.t.lists.source;
  const unsure = tier.confidence === 'background' ? ` · ${t.unchecked}` : '';
  const threshold = `${formatNumber(tier.threshold)} ${formatUnit(indicator.unit)}`.trim();
  return [
    `${t.steps.tier} ${tierName(frame, indicator, tier.tier)}`,
    `${threshold} · ${tier.reached ? t.reached : t.missed}`,
    `${rule}${unsure}`,
  ];
}

function metInWords(frame: Frame, met: string): string {
  return frame.t.lists.source.met[met as 'yes' | 'no' | 'unknown'];
}
