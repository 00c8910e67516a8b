import { fault, text } from '../domain/fault.ts';
import { ShapeError } from './shape.ts';

/** A page continues after a key; the token is that key in base64url, so that it travels in any address. */
export function writePageToken(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

export function readPageToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const key = /^after:([!-~]{1,128})$/u.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (key !== undefined) return key;
  throw new ShapeError('query', [
    fault(
      '#query/page',
      'page-token.form',
      token,
      text('上一页回答中的 next', 'the `next` of the answer before'),
      text('请从第一页重新开始，或原样使用 next', 'start again from the first page, or use `next` as it is'),
    ),
  ]);
}
