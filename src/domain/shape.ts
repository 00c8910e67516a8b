import type { z } from 'zod';
import { asFound, type Fault, fault, type Text, text } from './fault.ts';
import { err, ok, type Result } from './result.ts';

/** Reads unknown input by a schema; every mismatch becomes a fault that names its place, what was found and expected. */
export function parseShape<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  at = '',
): Result<z.output<Schema>, readonly Fault[]> {
  const parsed = schema.safeParse(input);
  return parsed.success ? ok(parsed.data) : err(faultsOfIssues(parsed.error.issues, input, at));
}

export function faultsOfIssues(issues: readonly z.core.$ZodIssue[], input: unknown, at = ''): readonly Fault[] {
  return issues.flatMap((issue) => {
    const pointer =
      at + issue.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(`${pointer}/${key}`, key));
    const found = valueAt(input, issue.path);
    const code = found === undefined ? 'field.missing' : `field.${issue.code.replaceAll('_', '-')}`;
    return [fault(pointer, code, asFound(found), expectation(issue), remedy(found))];
  });
}

function unknownField(pointer: string, key: string): Fault {
  return fault(
    pointer,
    'field.unknown',
    key,
    text('只有文档列出的字段', 'only the fields that the documentation lists'),
    text('请删去该字段，或核对拼写', 'remove the field or check its spelling'),
  );
}

function expectation(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return text(`类型 ${issue.expected}`, `type ${issue.expected}`);
    case 'invalid_value': {
      const values = issue.values.map(String).join('、');
      return text(`以下之一：${values}`, `one of ${values.replaceAll('、', ', ')}`);
    }
    case 'too_small':
      return text(
        `至少 ${issue.minimum}（${kindOf(issue.origin).zh}）`,
        `at least ${issue.minimum} (${kindOf(issue.origin).en})`,
      );
    case 'too_big':
      return text(
        `至多 ${issue.maximum}（${kindOf(issue.origin).zh}）`,
        `at most ${issue.maximum} (${kindOf(issue.origin).en})`,
      );
    case 'invalid_format':
      return text(`格式 ${patternOf(issue)}`, `format ${patternOf(issue)}`);
    default:
      return text(issue.message, issue.message);
  }
}

function kindOf(origin: string): Text {
  if (origin === 'string') return text('字符数', 'characters');
  return origin === 'array' || origin === 'set' ? text('项数', 'items') : text('数值', 'value');
}

function patternOf(issue: z.core.$ZodIssue & { readonly code: 'invalid_format' }): string {
  return 'pattern' in issue && typeof issue.pattern === 'string' ? issue.pattern : issue.format;
}

function remedy(found: unknown): Text {
  return found === undefined
    ? text('请填写该字段', 'give this field')
    : text('请按要求改正该字段', 'correct the field as expected');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
