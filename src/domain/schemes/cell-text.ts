import { type Text, text } from '../fault.ts';
import { parseDecimal } from '../indicators/decimal.ts';
import { err, ok, type Result } from '../result.ts';
import type { Condition, LevelTable, PerformanceLevel, Scheme } from './scheme.ts';

// Lists and conditions as one line of text, in a cell of a workbook and in a field of the form. What is punctuation of this
// notation stands behind a backslash where it is meant as itself; spaces at the ends of texts are none of theirs.

const PUNCTUATION = /[\\;；|<>≤≥=（）]/gu;
const OPERATORS = { '<': 'lt', '≤': 'lte', '>': 'gt', '≥': 'gte' } as const;
const SIGNS = { lt: '<', lte: '≤', gt: '>', gte: '≥' } as const;

export function writeWords(words: readonly string[]): string {
  return words.map(escape).join('；');
}

export function readWords(cell: string): Result<string[], Text> {
  return ok(pieces(cell, ';；').map(unescape));
}

/** `额定制热量 ≤ 6 kW；型式 = 壁挂式|柜式` */
export function writeConditions(conditions: readonly Condition[]): string {
  return conditions
    .map(({ parameter, operator, value, unit, values }) =>
      operator === 'in'
        ? `${escape(parameter)} = ${(values ?? []).map(escape).join('|')}`
        : `${escape(parameter)} ${SIGNS[operator]} ${value ?? ''} ${escape(unit ?? '')}`.trim(),
    )
    .join('；');
}

export function readConditions(cell: string): Result<Condition[], Text> {
  const read = pieces(cell, ';；').map(readCondition);
  return read.every((one) => one !== null) ? ok(read) : err(CONDITION);
}

function readCondition(piece: string): Condition | null {
  const typed = piece.replace(/<=/gu, '≤').replace(/>=/gu, '≥');
  const at = indexOfAny(typed, '<≤>≥=');
  const parameter = unescape(typed.slice(0, at));
  const given = typed.slice(at + 1).trim();
  if (at <= 0 || parameter === '' || given === '') return null;
  const sign = typed.charAt(at);
  if (sign === '=') return { parameter, operator: 'in', values: pieces(given, '|').map(unescape) };
  const bound = /^(?<value>[+\-−–]?[\d.０-９．]+)\s*(?<unit>.*)$/u.exec(unescape(given))?.groups;
  const value = parseDecimal(bound?.['value'] ?? '');
  if (!value.ok) return null;
  const operator = OPERATORS[sign as keyof typeof OPERATORS];
  const unit = bound?.['unit'] ?? '';
  return unit === '' ? { parameter, operator, value: value.value } : { parameter, operator, value: value.value, unit };
}

type LowerTier = NonNullable<LevelTable['lower']>[number];
const SURE = { confirmed: '已核对', background: '未核对' } as const;

/** `4级 = 2.80（未核对）；5级 = 2.60` */
export function writeTiers(tiers: readonly LowerTier[]): string {
  return tiers
    .map(({ name, threshold, confidence }) => {
      const sure = confidence ? `（${SURE[confidence]}）` : '';
      return `${escape(name)} = ${escape(threshold)}${sure}`;
    })
    .join('；');
}

export function readTiers(cell: string): Result<LowerTier[], Text> {
  const read = pieces(cell, ';；').map(readTier);
  return read.every((one) => one !== null) ? ok(read) : err(TIERS);
}

function readTier(piece: string): LowerTier | null {
  const at = indexOfAny(piece, '=');
  const given = piece.slice(at + 1).trim();
  const sure = /[（(](已核对|未核对)[）)]$/u.exec(given);
  const name = unescape(piece.slice(0, at));
  const threshold = unescape(sure ? given.slice(0, sure.index) : given);
  if (at <= 0 || name === '' || threshold === '') return null;
  if (!sure) return { name, threshold };
  return { name, threshold, confidence: sure[1] === SURE.confirmed ? 'confirmed' : 'background' };
}

type InnovationRule = NonNullable<Scheme['innovation']>[number];
const GRADES = { 1: '一级', 2: '二级', 3: '三级' } as const;
const LEVELS: Readonly<Record<PerformanceLevel, string>> = { advanced: '先进', average: '平均', baseline: '基准' };

/** `一级：2 项先进；二级：1 项平均` */
export function writeInnovation(rules: readonly InnovationRule[]): string {
  return rules.map(({ grade, atLeast, level }) => `${GRADES[grade]}：${atLeast} 项${LEVELS[level]}`).join('；');
}

export function readInnovation(cell: string): Result<InnovationRule[], Text> {
  const read = pieces(cell, ';；').map((piece): InnovationRule | null => {
    const given =
      /^(?<grade>[一二三123])级[：:\s]*(?:至少)?\s*(?<n>\d{1,2})\s*项\s*(?:达到)?\s*(?<level>先进|平均|基准)$/u.exec(
        piece,
      )?.groups;
    if (!given) return null;
    const grade = (('一二三'.indexOf(given['grade'] ?? '') + 1 || Number(given['grade'])) as 1 | 2 | 3) ?? 1;
    const level = (Object.keys(LEVELS) as PerformanceLevel[]).find((one) => LEVELS[one] === given['level']);
    return { grade, atLeast: Number(given['n']), level: level ?? 'advanced' };
  });
  return read.every((one) => one !== null) ? ok(read) : err(INNOVATION);
}

const CONDITION = text(
  '参数、符号与值，如“额定制热量 ≤ 6 kW；型式 = 壁挂式|柜式”',
  'a parameter, a sign and a value, such as 额定制热量 ≤ 6 kW；型式 = 壁挂式|柜式',
);
const TIERS = text(
  '各档的名称与限值，如“4级 = 2.80；5级 = 2.60（未核对）”',
  'names and thresholds: 4级 = 2.80；5级 = 2.60',
);
const INNOVATION = text('如“一级：2 项先进；二级：1 项平均”', 'such as 一级：2 项先进；二级：1 项平均');

function escape(typed: string): string {
  return typed.replace(PUNCTUATION, (sign) => `\\${sign}`);
}

function unescape(escaped: string): string {
  return escaped.trim().replace(/\\(?<sign>.)/gu, '$<sign>');
}

/** The parts between separators that stand for themselves; empty ones are left out. */
function pieces(cell: string, separators: string): readonly string[] {
  const found: string[] = [];
  let rest = cell;
  for (let at = indexOfAny(rest, separators); at >= 0; at = indexOfAny(rest, separators)) {
    found.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...found, rest].map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function indexOfAny(typed: string, signs: string): number {
  for (let i = 0; i < typed.length; i++) {
    if (typed.charAt(i) === '\\') i++;
    else if (signs.includes(typed.charAt(i))) return i;
  }
  return -1;
}
