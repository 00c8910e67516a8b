import { findUnit, UNIT_SYMBOLS } from '../indicators/units.ts';
import type { Condition, Scheme, SchemeIndicator } from '../schemes/scheme.ts';
import { indicatorHeader, parameterHeader } from './columns.ts';
import { FIELD_NAMES, FIELDS } from './fields.ts';

/** One column of a template. */
export interface TemplateColumn {
  readonly heading: string;
  readonly required: boolean;
  readonly choices: readonly string[];
  readonly example: string;
}

const FREE_INDICATORS = 5;
const KINDS = ['功能', '性能'];

/** The columns of a category's template: the fixed ones, what its schemes compare and depend on, and some free ones. */
export function templateColumns(category: string, schemes: readonly Scheme[]): readonly TemplateColumn[] {
  const fields = FIELD_NAMES.map((name) => {
    const field = FIELDS[name];
    return {
      heading: field.title.zh,
      required: 'required' in field || name === 'category',
      choices: name === 'category' ? [category] : 'choices' in field ? field.choices : [],
      example: name === 'category' ? category : field.example,
    };
  });
  const indicators = once(
    schemes.flatMap((scheme) => scheme.indicators),
    ({ name }) => name.zh,
  );
  const parameters = once(schemes.flatMap(conditionsOf), ({ parameter }) => parameter);
  return [
    ...fields,
    ...parameters.flatMap(parameterColumns),
    ...indicators.flatMap(indicatorColumns),
    ...Array.from({ length: FREE_INDICATORS }, (_, i) => freeColumns(`自定指标${i + 1}`)).flat(),
  ];
}

function conditionsOf(scheme: Scheme): readonly Condition[] {
  return scheme.indicators.flatMap(({ appliesWhen, levels }) => [
    ...appliesWhen,
    ...levels.flatMap(({ when }) => when),
  ]);
}

function parameterColumns({ parameter, unit, values }: Condition): readonly TemplateColumn[] {
  const value = column(parameterHeader(parameter, 'value'), values ?? [], values?.[0] ?? '60');
  return unit === undefined ? [value] : [value, column(parameterHeader(parameter, 'unit'), unitsLike(unit), unit)];
}

function indicatorColumns({ name, direction, unit, levels, testMethods }: SchemeIndicator): readonly TemplateColumn[] {
  const isWord = direction === 'yes-no';
  const bound = `${direction === 'lower' ? '≤' : '≥'} ${levels[0]?.advanced ?? ''}`;
  return [
    column(indicatorHeader(name.zh, 'requirement'), isWord ? ['是', '否'] : [], isWord ? '是' : bound),
    column(indicatorHeader(name.zh, 'kind'), KINDS, '性能'),
    column(indicatorHeader(name.zh, 'unit'), isWord ? [] : unitsLike(unit), isWord ? '' : unit),
    column(indicatorHeader(name.zh, 'method'), testMethods, testMethods[0] ?? ''),
  ];
}

function freeColumns(title: string): readonly TemplateColumn[] {
  return [
    column(indicatorHeader(title, 'name'), [], ''),
    column(indicatorHeader(title, 'requirement'), [], ''),
    column(indicatorHeader(title, 'kind'), KINDS, ''),
    column(indicatorHeader(title, 'unit'), [], ''),
    column(indicatorHeader(title, 'method'), [], ''),
  ];
}

function column(heading: string, choices: readonly string[], example: string): TemplateColumn {
  return { heading, required: false, choices, example };
}

/** The units that convert to one of a scheme. */
function unitsLike(symbol: string): readonly string[] {
  const unit = findUnit(symbol);
  return UNIT_SYMBOLS.filter((other) => findUnit(other)?.dimension === unit?.dimension);
}

function once<Item>(items: readonly Item[], name: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [name(item), item])).values()];
}
