import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Fault, SEVERITIES, type Text, text } from '../domain/fault.ts';
import { isUnavailable, Refusal, type RefusalCode } from '../services/refusal.ts';
import { ShapeError } from './shape.ts';

const STATUS: Readonly<Record<RefusalCode, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'precondition-required': 428,
  'key-required': 400,
  'key-reused': 422,
  'in-flight': 409,
  'too-many': 429,
  'too-early': 425,
  withheld: 451,
};

const Sentence = z.object({ zh: z.string(), en: z.string() });

/** One entry of `errors`. `severity` and `about` stand on what a check of a declaration found. */
export const FoundFault = z
  .object({
    at: z.string(),
    code: z.string(),
    found: z.string().nullable(),
    expected: Sentence,
    remedy: Sentence,
    severity: z.enum(SEVERITIES).optional(),
    about: z.string().optional(),
  })
  .meta({ id: 'Fault' });

/** RFC 9457 problem; each entry of `errors` says where, what was found, what was expected, and how to mend it. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    titleEn: z.string(),
    status: z.int(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(FoundFault),
  })
  .meta({ id: 'Problem' });

/** What went wrong, in the words of the house, before it becomes JSON or a page. */
export interface Trouble {
  readonly status: number;
  readonly code: string;
  readonly title: Text;
  readonly faults: readonly Fault[];
  readonly retryAfter: number | null;
}

/** A file sent as a body that is larger than its route takes (`mostBytes`), or of another type than the accepted ones. */
export class FileError extends Error {
  override name = 'FileError';
  readonly mostBytes: number | null;
  readonly found: string | null;
  readonly accepted: readonly string[];

  constructor(
    given: { readonly mostBytes: number } | { readonly found: string | null; readonly accepted: readonly string[] },
  ) {
    super('the file cannot be taken');
    this.mostBytes = 'mostBytes' in given ? given.mostBytes : null;
    this.found = 'found' in given ? given.found : null;
    this.accepted = 'accepted' in given ? given.accepted : [];
  }
}

/** The one place that turns errors into answers. What is not expected is a 500 that tells nothing but its request id. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Refusal) {
    return {
      status: STATUS[error.code],
      code: error.code,
      title: error.title,
      faults: error.faults,
      retryAfter: error.retryAfter,
    };
  }
  if (error instanceof ShapeError) return shapeTrouble(error);
  if (error instanceof FileError) return error.mostBytes === null ? mediaType(error) : tooLarge(error.mostBytes);
  if (isUnavailable(error)) {
    return { ...plain(503, 'unavailable', text('数据库暂时不可用', 'the database is not reachable')), retryAfter: 2 };
  }
  const status = (error as FastifyError).statusCode ?? 500;
  const known = FRAMEWORK[(error as FastifyError).code] ?? FRAMEWORK_STATUS[status];
  if (known && status < 500) return known(error as FastifyError);
  return plain(500, 'internal', text('服务器内部错误', 'internal error'));
}

function shapeTrouble({ part, faults }: ShapeError): Trouble {
  const code = part === 'body' ? 'invalid' : 'malformed';
  const title = text(`有 ${faults.length} 处需要修改`, `${faults.length} thing(s) to correct`);
  return { status: part === 'body' ? 422 : 400, code, title, faults, retryAfter: null };
}

function plain(status: number, code: string, title: Text, faults: readonly Fault[] = []): Trouble {
  return { status, code, title, faults, retryAfter: null };
}

function one(
  status: number,
  code: string,
  title: Text,
  at: string,
  found: string | null,
  expected: Text,
  remedy: Text,
): Trouble {
  return plain(status, code, title, [{ at, code, found, expected, remedy }]);
}

const FRAMEWORK: Readonly<Record<string, (error: FastifyError) => Trouble>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => tooLarge(1_048_576),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (error) =>
    mediaType({ found: error.message.split(': ')[1] ?? null, accepted: ['application/json'] }),
  FST_ERR_BAD_URL: unreadable,
  FST_ERR_MAX_PARAM_LENGTH: unreadable,
  FST_ERR_CTP_EMPTY_JSON_BODY: () => notJson('（空）'),
  FST_ERR_CTP_INVALID_JSON_BODY: (error) => notJson(error.message),
};

function tooLarge(mostBytes: number): Trouble {
  const most = mostBytes / 1_048_576;
  return one(
    413,
    'too-large',
    text('请求体过大', 'the body is too large'),
    '',
    null,
    text(`至多 ${most} MiB`, `at most ${most} MiB`),
    text('请拆分后分次发送', 'send it in parts'),
  );
}

function mediaType({ found, accepted }: Pick<FileError, 'found' | 'accepted'>): Trouble {
  return one(
    415,
    'media-type',
    text('不支持的内容类型', 'unsupported content type'),
    '#header/Content-Type',
    found,
    text(accepted.join('、'), accepted.join(', ')),
    text('请设置 Content-Type 头', 'set the Content-Type header'),
  );
}

const FRAMEWORK_STATUS: Readonly<Record<number, (error: FastifyError) => Trouble>> = {
  400: (error) => notJson(error.message),
  429: (error) => ({
    ...plain(429, 'too-many', text('请求过于频繁', 'too many requests')),
    retryAfter: Number((error as { retryAfter?: number }).retryAfter ?? 60),
  }),
};

function unreadable(): Trouble {
  return one(
    400,
    'malformed',
    text('地址无法识别', 'the address cannot be read'),
    '#path',
    null,
    text('百分号编码的 UTF-8 地址，每段至多 300 字符', 'percent-encoded UTF-8, at most 300 characters a part'),
    text('请核对地址', 'check the address'),
  );
}

function notJson(found: string): Trouble {
  return one(
    400,
    'malformed',
    text('请求体不是合法的 JSON', 'the body is not valid JSON'),
    '',
    found.slice(0, 200),
    text('一个 JSON 值（RFC 8259）', 'one JSON value (RFC 8259)'),
    text('请检查引号、逗号和括号', 'check quotes, commas and brackets'),
  );
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, trouble: Trouble): FastifyReply {
  if (trouble.retryAfter !== null) reply.header('Retry-After', String(trouble.retryAfter));
  // What is left of a body that is not read would hold the connection.
  if (trouble.status === 413) reply.header('Connection', 'close');
  if (trouble.status === 401) reply.header('WWW-Authenticate', 'Bearer');
  return reply
    .code(trouble.status)
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      type: `/help/problems#${trouble.code}`,
      title: trouble.title.zh,
      titleEn: trouble.title.en,
      status: trouble.status,
      code: trouble.code,
      requestId: request.id,
      errors: trouble.faults,
    });
}
