import type { FastifyRequest, FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import type { Fault } from '../domain/fault.ts';
import { parseShape } from '../domain/shape.ts';
import { unstorable } from '../domain/text/storable.ts';
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
  const found = unstorable(value, at);
  if (found) throw new ShapeError(part, [found]);
}
