import { type Text, text } from '../fault.ts';

/** The life of a draw (rd1 §1.5). A void draw stays public; nothing leads back. */
export const DRAW_STATES = ['frozen', 'committed', 'seeded', 'drawn', 'closed', 'void'] as const;
export type DrawState = (typeof DRAW_STATES)[number];

/** Why a drawn object may be replaced (rd1 §1.5); anything else would let somebody choose. */
export const EXCLUDE_REASONS = [
  'DEREGISTERED',
  'LICENCE_REVOKED',
  'MOVED_OUT',
  'DUPLICATE',
  'IN_LITIGATION_STAY',
  'FRAME_ERROR',
] as const;
export type ExcludeReason = (typeof EXCLUDE_REASONS)[number];

/** What a check of one standard ends with: the three grades of practice, and what could not be checked. */
export const VERDICTS = ['conforming', 'conforming-with-flaws', 'nonconforming', 'not-verifiable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const VERDICT_TEXT: Readonly<Record<Verdict, Text>> = {
  conforming: text('符合', 'conforming'),
  'conforming-with-flaws': text('符合但存在瑕疵', 'conforming, with flaws'),
  nonconforming: text('不符合', 'nonconforming'),
  'not-verifiable': text('无法核查', 'not verifiable'),
};

/** How grave a finding is; `form` leads to guidance, the other two to an order to correct. */
export const FINDING_SEVERITIES = ['legality', 'completeness', 'form'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

export const FINDING_SEVERITY_TEXT: Readonly<Record<FindingSeverity, Text>> = {
  legality: text('合法性', 'legality'),
  completeness: text('完整性', 'completeness'),
  form: text('规范性', 'form'),
};

export const FINDING_CODES = [
  'NOT_DECLARED',
  'STALE',
  'NUMBER_IRREGULAR',
  'NAME_IRREGULAR',
  'BELOW_MANDATORY',
  'BELOW_RECOMMENDED_NOT_STATED',
  'INDICATOR_MISSING_FUNCTION',
  'INDICATOR_MISSING_PERFORMANCE',
  'METHOD_MISSING',
  'METHOD_NOT_STANDARD',
  'CITES_ABOLISHED',
  'ELEMENT_MISSING',
  'FORM_GB_T_1_1',
  'COPIED_TEXT',
  'NOT_ADVANCED',
  'ENTERPRISE_DEREGISTERED',
  'WITHDRAWN_BEFORE_CHECK',
  'UNREACHABLE',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** `severity` is null where the code says why a standard could not be checked, not what is wrong with it. */
export interface FindingKind {
  readonly severity: FindingSeverity | null;
  readonly text: Text;
}

export const FINDING_KINDS: Readonly<Record<FindingCode, FindingKind>> = {
  NOT_DECLARED: kind('legality', '未履行自我声明公开义务', 'the standard was not declared'),
  STALE: kind(
    'legality',
    '所执行标准已变更或废止而未及时更新',
    'the executed standard changed and the declaration did not',
  ),
  NUMBER_IRREGULAR: kind('form', '标准编号不规范', 'irregular standard number'),
  NAME_IRREGULAR: kind('form', '标准名称不规范', 'irregular standard name'),
  BELOW_MANDATORY: kind('legality', '低于强制性标准要求', 'below a mandatory standard'),
  BELOW_RECOMMENDED_NOT_STATED: kind(
    'legality',
    '低于推荐性标准要求而未明示',
    'below a recommended standard, without saying so',
  ),
  INDICATOR_MISSING_FUNCTION: kind('completeness', '未公开功能指标', 'functional indicators missing'),
  INDICATOR_MISSING_PERFORMANCE: kind('completeness', '未公开性能指标', 'performance indicators missing'),
  METHOD_MISSING: kind('completeness', '指标缺少试验方法', 'an indicator without a test method'),
  METHOD_NOT_STANDARD: kind('form', '有标准试验方法而未采用', 'a standard test method exists and is not used'),
  CITES_ABOLISHED: kind('completeness', '引用已废止的文件', 'cites an abolished document'),
  ELEMENT_MISSING: kind('completeness', '标准要素缺失', 'an element of the standard is missing'),
  FORM_GB_T_1_1: kind('form', '编写不符合 GB/T 1.1', 'not drafted as GB/T 1.1 asks'),
  COPIED_TEXT: kind('form', '抄袭其他标准文本', 'text copied from another standard'),
  NOT_ADVANCED: kind('legality', '未做到技术先进、经济合理', 'not technically advanced and economically reasonable'),
  ENTERPRISE_DEREGISTERED: kind(null, '企业已注销', 'the enterprise is deregistered'),
  WITHDRAWN_BEFORE_CHECK: kind(null, '检查前已废止', 'withdrawn before the check'),
  UNREACHABLE: kind(null, '无法联系', 'unreachable'),
};

function kind(severity: FindingSeverity | null, zh: string, en: string): FindingKind {
  return { severity, text: text(zh, en) };
}
