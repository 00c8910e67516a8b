import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '../../domain/bytes.ts';
import type { Frame } from '../../views/frame.ts';
import { isFresh } from '../etag.ts';
import { acceptedEncoding, type Encoding } from './assets.ts';

const compressors = {
  // Quality 9: a board of 100 rows in a third of the time of 11, and 4 % larger.
  br: promisify<Buffer, object, Buffer>(brotliCompress),
  gzip: promisify<Buffer, object, Buffer>(gzip),
};

/** Everything that a stored page depends on beside its content: address, language, size of text, register, styles. */
export function pageName(frame: Frame, content: string): string {
  const { lang, path, bigText, registerKind, assets, site } = frame;
  return JSON.stringify([content, lang, path, bigText, registerKind, assets.style, assets.enhance, site]);
}

/** Some 10 kB a page: the whole store stays below a few MB. */
const MOST_PAGES = 400;

/** Pages that can never change for what they are named by, rendered and compressed once; the least used goes first. */
export class StoredPages {
  readonly #pages = new Map<string, Buffer>();
  readonly #tags = new Map<string, string>();

  /** Answers 304, or with the stored bytes, or renders them. `name` says everything that the page depends on. */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    render: () => Promise<string>,
  ): Promise<FastifyReply> {
    const encoding = acceptedEncoding(request);
    reply.header('Cache-Control', 'no-cache').header('Vary', 'Cookie, Accept-Encoding');
    if (isFresh(request, reply, this.#tag(`${name}\n${encoding}`))) return reply;
    const bytes = await this.#bytes(`${name}\n${encoding}`, encoding, render);
    if (encoding !== 'identity') reply.header('Content-Encoding', encoding);
    return reply.type('text/html; charset=utf-8').send(bytes);
  }

  /** Hashing a name takes longer than all else that a stored page asks for. */
  #tag(key: string): string {
    const known = this.#tags.get(key);
    if (known) return known;
    const tag = sha256Hex(key).slice(0, 32);
    if (this.#tags.size >= MOST_PAGES) this.#tags.clear();
    this.#tags.set(key, tag);
    return tag;
  }

  async #bytes(key: string, encoding: Encoding, render: () => Promise<string>): Promise<Buffer> {
    const known = this.#pages.get(key);
    if (known) {
      this.#pages.delete(key);
      this.#pages.set(key, known);
      return known;
    }
    const bytes = await compress(Buffer.from(await render()), encoding);
    this.#pages.set(key, bytes);
    const oldest = this.#pages.keys().next().value;
    if (this.#pages.size > MOST_PAGES && oldest !== undefined) this.#pages.delete(oldest);
    return bytes;
  }
}

async function compress(page: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return page;
  if (encoding === 'gzip') return compressors.gzip(page, { level: 7 });
  return compressors.br(page, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: page.length },
  });
}

/** Answers of the database that stay right for a moment: a storm of readers asks it once in that time. */
export class Remembered<Value> {
  readonly #answers = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  async get(key: string, ask: () => Promise<Value>): Promise<Value> {
    const known = this.#answers.get(key);
    if (known && known.until > performance.now()) return known.value;
    const value = await ask();
    if (this.#answers.size >= MOST_PAGES) this.#answers.clear();
    this.#answers.set(key, { value, until: performance.now() + this.#ms });
    return value;
  }
}
