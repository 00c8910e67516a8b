import type { FastifyRequest, FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { type Fault, fault, text } from '../domain/fault.ts';
import { parseShape } from '../domain/shape.ts';
import { isSecret } from './secret.ts';

export type RequestPart = 'body' | 'path' | 'query' | 'header';

/** A request that does not have the shape of its route; every mismatch is a fault. */
export class ShapeError extends Error {
  override name = 'ShapeError';
  readonly part: RequestPart;
  readonly faults: readonly Fault[];

  constructor(part: RequestPart, faults: readonly Fault[]) {
    super('the request does not have the documented shape');
    this.part = part;
    this.faults = faults;
  }
}

const PARTS: Readonly<Record<string, RequestPart>> = { params: 'path', querystring: 'query', headers: 'header' };

/** Validates with the route's zod schema and answers in the house's faults: `/a/b` in the body, `#query/x`, `#path/x`. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = PARTS[httpPart ?? ''] ?? 'body';
  return (data: unknown) => {
    const parsed = parseShape(schema, data, part === 'body' ? '' : `#${part}`);
    return parsed.ok ? { value: parsed.value } : { error: new ShapeError(part, parsed.problem.map(withoutSecret)) };
  };
};

function withoutSecret(fault: Fault): Fault {
  return isSecret(fault.at.split('/').at(-1) ?? '') ? { ...fault, found: null } : fault;
}

const MOST_LEVELS = 32;

/**
 * Refuses what no route can keep, whatever its schema: texts that PostgreSQL cannot store (U+0000, half a surrogate pair),
 * and nesting so deep that walking it would end the stack.
 */
export async function refuseUnstorable(request: FastifyRequest): Promise<void> {
  refuse('path', request.params, '#path');
  refuse('query', request.query, '#query');
  refuse('body', request.body, '');
}

function refuse(part: RequestPart, value: unknown, at: string): void {
  const found = unstorable(value, at, 0);
  if (found) throw new ShapeError(part, [found]);
}

function unstorable(value: unknown, at: string, level: number): Fault | null {
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
