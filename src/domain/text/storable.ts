import { type Fault, fault, text } from '../fault.ts';

const MOST_LEVELS = 32;

/**
 * What no column can keep, whatever the schema: texts that PostgreSQL cannot store (U+0000, half a surrogate pair), and
 * nesting so deep that walking it would end the stack. Null where all can be kept.
 */
export function unstorable(value: unknown, at = '', level = 0): Fault | null {
  if (typeof value === 'string') return isStorable(value) ? null : unstorableText(at);
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return null;
  if (level === MOST_LEVELS) return tooDeep(at);
  for (const [key, item] of Object.entries(value)) {
    const pointer = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const found = isStorable(key) ? unstorable(item, pointer, level + 1) : unstorableText(at);
    if (found) return found;
  }
  return null;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

function unstorableText(at: string): Fault {
  return fault(
    at,
    'text.unstorable',
    null,
    text('不含 U+0000 和残缺代理对的 Unicode 文本', 'Unicode text without U+0000 and without half a surrogate pair'),
    text('请删去不可见字符后重新输入', 'remove the invisible characters and type it again'),
  );
}

function tooDeep(at: string): Fault {
  return fault(
    at,
    'body.too-deep',
    null,
    text(`至多 ${MOST_LEVELS} 层嵌套`, `at most ${MOST_LEVELS} levels`),
    text('请核对文档所列的结构', 'check the documented structure'),
  );
}
