import { type Text, text } from '../fault.ts';

/** What a cell or a field holds: plain text, a decimal, a whole number, words, one of a few, or a notation of cell-text.ts. */
export type CellKind = 'text' | 'decimal' | 'integer' | 'words' | 'choice' | 'conditions' | 'tiers' | 'innovation';

/** One value of a scheme as a person types it: a column of a sheet, a field of the form. */
export interface Column {
  /** Where it stands in its object: `name/zh`. */
  readonly path: string;
  readonly label: Text;
  readonly kind: CellKind;
  readonly choices?: readonly Choice[];
  readonly hint?: Text;
  readonly required?: true;
  /** Long texts are typed into more than one line. */
  readonly long?: true;
}

export interface Choice {
  readonly value: string | number;
  readonly label: Text;
}

const column = (path: string, zh: string, en: string, kind: CellKind = 'text', more: Partial<Column> = {}): Column => ({
  path,
  label: text(zh, en),
  kind,
  ...more,
});
const one = (value: string | number, zh: string, en: string): Choice => ({ value, label: text(zh, en) });
const required = { required: true } as const;
const CONFIDENCE = [
  one('confirmed', '已核对标准原文', 'checked against the standard'),
  one('background', '未经标准原文核对', 'not checked against the standard'),
];
const GRADES = [one(1, '一级', 'grade 1'), one(2, '二级', 'grade 2'), one(3, '三级', 'grade 3')];

export const FACT_COLUMNS: readonly Column[] = [
  column('code', '方案代号', 'Code of the scheme', 'text', {
    ...required,
    hint: text('大写字母、数字和连字符，如 M-KQJHQ', 'capitals, digits, hyphens: M-KQJHQ'),
  }),
  column('version', '版本', 'Version', 'integer', required),
  column('title/zh', '名称', 'Title in Chinese', 'text', required),
  column('title/en', '英文名称', 'Title in English', 'text', required),
  column('category', '类别', 'Category', 'text', {
    ...required,
    hint: text('类别目录中的代码，如 C3464.air-purifier', 'a code of the category list, such as C3464.air-purifier'),
  }),
  column('scope/zh', '适用范围', 'Scope in Chinese', 'text', { long: true }),
  column('scope/en', '适用范围（英文）', 'Scope in English', 'text', { long: true }),
  column('method', '评定方法', 'Method', 'choice', {
    ...required,
    choices: [
      one('weakest-core', '逐项达标', 'weakest core indicator'),
      one('stars', '星级评价法', 'stars'),
      one('weighted-score', '加权评分法', 'weighted score'),
    ],
  }),
  column('scoring/points/advanced', '先进水平分值', 'Points of the advanced level', 'integer'),
  column('scoring/points/average', '平均水平分值', 'Points of the average level', 'integer'),
  column('scoring/points/baseline', '基准水平分值', 'Points of the baseline', 'integer'),
  column('scoring/grades/1', '一级最低分', 'Least score of grade 1', 'decimal'),
  column('scoring/grades/2', '二级最低分', 'Least score of grade 2', 'decimal'),
  column('scoring/grades/3', '三级最低分', 'Least score of grade 3', 'decimal'),
  column('innovation', '创新性指标要求', 'Innovation rule', 'innovation', {
    hint: text('如 一级：2 项先进；二级：1 项平均', 'such as 一级：2 项先进；二级：1 项平均'),
  }),
  column('ties', '并列名次', 'Ranks after a tie', 'choice', {
    choices: [one('competition', '1、1、3', '1, 1, 3'), one('dense', '1、1、2', '1, 1, 2')],
  }),
  column('listed', '上榜最低等级', 'Weakest grade listed', 'choice', { choices: GRADES }),
  column('listMonths', '榜单有效月数', 'Months that a list holds', 'integer'),
  column('objectionDays', '公示工作日', 'Working days of objection', 'integer'),
  column('validFrom', '有效期自', 'Valid from', 'text', {
    ...required,
    hint: text('如 2026-07-01', 'such as 2026-07-01'),
  }),
  column('validTo', '有效期至', 'Valid to', 'text', required),
  column('basis', '编制依据', 'Basis', 'text', { long: true }),
];

export const INDICATOR_COLUMNS: readonly Column[] = [
  column('code', '指标代号', 'Code', 'text', required),
  column('name/zh', '指标名称', 'Name in Chinese', 'text', required),
  column('name/en', '英文名称', 'Name in English', 'text', required),
  column('aliases', '声明中的其他名称', 'Other declared names', 'words'),
  column('kind', '指标类型', 'Kind', 'choice', {
    ...required,
    choices: [one('core', '核心', 'core'), one('basic', '基础', 'basic'), one('innovation', '创新性', 'innovation')],
  }),
  column('direction', '方向', 'Direction', 'choice', {
    ...required,
    choices: [
      one('higher', '越高越好', 'higher is better'),
      one('lower', '越低越好', 'lower is better'),
      one('range', '在区间内', 'inside a range'),
      one('target', '趋近目标值', 'near a target'),
      one('yes-no', '是/否', 'yes or no'),
      one('ordered-text', '文字次序', 'words in order'),
    ],
  }),
  column('unit', '单位', 'Unit', 'text', { hint: text('无量纲写 1', '1 where there is none') }),
  column('target', '目标值', 'Target', 'decimal'),
  column('order', '文字次序（优者在前）', 'Words, best first', 'words'),
  column('source', '指标来源', 'Source'),
  column('appliesWhen', '适用条件', 'Applies when', 'conditions'),
  column('plausible/min', '合理下限', 'Plausible from', 'decimal'),
  column('plausible/max', '合理上限', 'Plausible to', 'decimal'),
  column('testMethods', '检验方法', 'Test methods', 'words'),
  column('testConditions', '检验条件', 'Test conditions', 'conditions'),
  column('missing', '未声明时', 'When missing', 'choice', {
    choices: [one('no-grade', '不定等级', 'no grade'), one('show-only', '仅显示', 'shown only')],
  }),
  column('range', '声明为区间时', 'A declared range', 'choice', {
    choices: [one('worst', '取不利一端', 'its worse end'), one('refuse', '不可比', 'not comparable')],
  }),
  column('tolerance', '声明带允差时', 'A declared tolerance', 'choice', {
    choices: [
      one('worst', '取不利一端', 'its worse end'),
      one('nominal', '取标称值', 'its nominal value'),
      one('refuse', '不可比', 'not comparable'),
    ],
  }),
  column('repeated', '同名多行时', 'Several rows of one name', 'choice', {
    choices: [one('refuse', '不可比', 'not comparable'), one('worst', '取最不利的一行', 'the worst of them')],
  }),
  column('pair/take', '成对取值', 'Of a pair', 'choice', {
    choices: [one('greater', '取较大者', 'the greater'), one('smaller', '取较小者', 'the smaller')],
  }),
  column('pair/of/0', '成对名称一', 'First of the pair', 'words'),
  column('pair/of/1', '成对名称二', 'Second of the pair', 'words'),
  column('weight', '权重', 'Weight', 'integer'),
  column('bonus', '加分', 'Bonus points', 'integer'),
];

export const LEVEL_COLUMNS: readonly Column[] = [
  column('when', '产品条件', 'For products with', 'conditions'),
  column('advanced', '先进水平', 'Advanced', 'text', required),
  column('average', '平均水平', 'Average'),
  column('baseline', '基准水平', 'Baseline'),
  column('lower', '更低各档', 'Lower tiers', 'tiers'),
  column('floor/threshold', '标准要求值', 'What the standard asks'),
  column('floor/standard', '要求所在标准', 'Standard that asks it'),
  column('names/advanced', '先进水平原名', 'Name of advanced in the source'),
  column('names/average', '平均水平原名', 'Name of average in the source'),
  column('names/baseline', '基准水平原名', 'Name of baseline in the source'),
  column('confidence/advanced', '先进水平核对', 'Advanced checked', 'choice', { choices: CONFIDENCE }),
  column('confidence/average', '平均水平核对', 'Average checked', 'choice', { choices: CONFIDENCE }),
  column('confidence/baseline', '基准水平核对', 'Baseline checked', 'choice', { choices: CONFIDENCE }),
  column('source', '限值来源', 'Source of the thresholds'),
];

export const REQUIREMENT_COLUMNS: readonly Column[] = [
  column('code', '要求代号', 'Code', 'text', required),
  column('text/zh', '基本要求', 'Requirement in Chinese', 'text', { ...required, long: true }),
  column('text/en', '基本要求（英文）', 'Requirement in English', 'text', { ...required, long: true }),
  column('evidence', '证据来源', 'Evidence', 'choice', {
    ...required,
    choices: [
      one('declaration', '公开的声明', 'the declaration'),
      one('commitment', '承诺书', 'a signed commitment'),
      one('test-report', '检验报告', 'a test report'),
      one('certificate', '认证证书', 'a certificate'),
      one('credit-record', '信用记录', 'the credit record'),
      one('quality-record', '质量监督记录', 'the quality record'),
      one('environment-record', '环保记录', 'the environmental record'),
    ],
  }),
];
