import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import type { Fault } from '../domain/fault.ts';
import { parseShape } from '../domain/shape.ts';

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
    return parsed.ok ? { value: parsed.value } : { error: new ShapeError(part, parsed.problem) };
  };
};
