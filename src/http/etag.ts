import type { FastifyReply, FastifyRequest } from 'fastify';
import { fault, text } from '../domain/fault.ts';
import { Refusal } from '../services/refusal.ts';

/** Sets a strong ETag and answers 304 when the reader has it already; true when the answer is given. */
export function isFresh(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  const etag = `"${tag}"`;
  reply.header('ETag', etag);
  const known = request.headers['if-none-match'];
  if (!known?.split(/\s*,\s*/u).includes(etag)) return false;
  reply.code(304).send();
  return true;
}

/** The revision that a change names in If-Match; without one it is refused (428), so that no update is lost. */
export function revisionOf(request: FastifyRequest): number {
  const given = request.headers['if-match'];
  const revision = /^"(\d{1,9})"$/u.exec(given ?? '')?.[1];
  if (revision !== undefined) return Number(revision);
  throw new Refusal('precondition-required', text('缺少 If-Match', 'If-Match is missing'), [
    fault(
      '#header/If-Match',
      'if-match.missing',
      given,
      text(
        '读取时得到的版本号（revision），加引号，如 "3"',
        'the revision that reading it gave, in quotes, such as "3"',
      ),
      text('请先读取，再带上它的版本号提交', 'read it first, then send the change with its revision'),
    ),
  ]);
}
