import type { Text } from '../fault.ts';
import { text } from '../fault.ts';

interface Field {
  /** The heading in the two languages; the Chinese one stands in templates. */
  readonly title: Text;
  /** Where the cell goes in a declaration. */
  readonly at: string;
  readonly required?: true;
  /** Several values in one cell, separated by `;`, `；` or a line break. */
  readonly list?: true;
  /** A cell that a template offers a list for. */
  readonly choices?: readonly string[];
  readonly example: string;
}

/** 性质: whether an indicator is one of function or of performance, as people write it. */
export const KIND_WORDS: Readonly<Record<string, string>> = {
  功能: 'function',
  功能指标: 'function',
  性能: 'performance',
  性能指标: 'performance',
};
const SUBJECT_WORDS: Readonly<Record<string, string>> = { 产品: 'product', 服务: 'service' };
const CAPACITY_WORDS: Readonly<Record<string, string>> = {
  法定代表人: 'legal-representative',
  授权人: 'authorised-person',
  被授权人: 'authorised-person',
};

/** The columns that every sheet of declarations may have, in the order of the template. */
export const FIELDS = {
  number: {
    title: text('标准编号', 'number'),
    at: '/standard/number',
    required: true,
    example: 'Q/ABCD 001-2026',
  },
  name: { title: text('标准名称', 'name'), at: '/standard/name', required: true, example: '家用空气净化器' },
  subject: { title: text('类型', 'subject'), at: '/subject', choices: ['产品', '服务'], example: '产品' },
  category: { title: text('产品类别', 'category'), at: '/category', example: 'C3464.air-purifier' },
  issuedOn: { title: text('发布日期', 'issued on'), at: '/standard/issuedOn', example: '2026-04-20' },
  effectiveOn: {
    title: text('实施日期', 'effective on'),
    at: '/standard/effectiveOn',
    required: true,
    example: '2026-05-01',
  },
  replaces: { title: text('代替标准', 'replaces'), at: '/standard/replaces', list: true, example: '' },
  drafters: { title: text('起草人', 'drafters'), at: '/standard/drafters', example: '' },
  adopts: { title: text('采用国际标准', 'adopts'), at: '/standard/adopts', list: true, example: '' },
  references: { title: text('引用文件', 'references'), at: '/standard/references', list: true, example: '' },
  productName: { title: text('产品名称', 'product'), at: '/products/0/name', required: true, example: '空气净化器' },
  genericName: { title: text('通用名', 'generic name'), at: '/products/0/genericName', example: '' },
  brand: { title: text('品牌', 'brand'), at: '/products/0/brand', example: '' },
  specification: { title: text('规格', 'specification'), at: '/products/0/specification', example: '' },
  models: { title: text('型号', 'models'), at: '/products/0/models', required: true, list: true, example: 'KJ520G' },
  barcodes: { title: text('商品条码', 'barcodes'), at: '/products/0/barcodes', list: true, example: '' },
  signer: { title: text('签署人', 'signer'), at: '/commitment/signer', example: '' },
  capacity: {
    title: text('签署人身份', 'capacity'),
    at: '/commitment/capacity',
    choices: ['法定代表人', '授权人'],
    example: '',
  },
  statement: { title: text('明示说明', 'statement'), at: '/statements', example: '' },
  statementPerson: { title: text('明示人', 'stated by'), at: '/statements/person', example: '' },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** The words of a cell whose values are a closed list, as the register writes them; any other word is left as it is. */
export function wordOf(field: FieldName, typed: string): string {
  if (field === 'subject') return SUBJECT_WORDS[typed] ?? typed;
  return field === 'capacity' ? (CAPACITY_WORDS[typed] ?? typed) : typed;
}
