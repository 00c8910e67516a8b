import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Http } from './fastify.ts';
import { IncomingFile } from './incoming-file.ts';
import { FileError } from './problem.ts';

/** A file that was sent as the body itself: its bytes, and the hash that names it. */
export class UploadedFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly sha256: string;

  constructor(type: string, bytes: Buffer, sha256: string) {
    this.type = type;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /** What stands for the body where requests are told apart. */
  toJSON(): { readonly sha256: string } {
    return { sha256: this.sha256 };
  }
}

/**
 * Lets the routes of this scope take files of these types as their body, counted and hashed while they come in: a sender
 * who lies about the length gains nothing.
 */
export function acceptFiles(http: Http, types: readonly string[], mostBytes: number): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('*', async (request: FastifyRequest) => {
    throw new FileError({ found: request.headers['content-type'] ?? null, accepted: types });
  });
  http.addContentTypeParser([...types], async (request: FastifyRequest, payload: AsyncIterable<Uint8Array>) => {
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw new FileError({ mostBytes });
    const hash = createHash('sha256');
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of new IncomingFile(payload).bytes()) {
      length += chunk.length;
      if (length > mostBytes) throw new FileError({ mostBytes });
      hash.update(chunk);
      chunks.push(chunk);
    }
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    return new UploadedFile(type, Buffer.concat(chunks), hash.digest('hex'));
  });
}
