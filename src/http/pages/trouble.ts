import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderDocument } from '../../views/render.ts';
import { TroublePage } from '../../views/help/trouble-page.tsx';
import type { Trouble } from '../problem.ts';
import type { Assets } from './assets.ts';
import { frameOf, languageOf, type PageSettings } from './frame.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The browser's files; absent only while the server starts. */
    readonly assets?: Assets;
  }
}

const NO_ASSETS: Assets = { style: null, enhance: null, islands: {}, files: new Map() };

/** A page for what went wrong: what, why, what was not changed, and how to go on. */
export function sendTroublePage(
  request: FastifyRequest,
  reply: FastifyReply,
  trouble: Trouble,
  settings: PageSettings,
): FastifyReply {
  const frame = frameOf(request, {
    settings,
    assets: request.server.assets ?? NO_ASSETS,
    lang: languageOf(request.url),
  });
  if (trouble.retryAfter !== null) reply.header('Retry-After', String(trouble.retryAfter));
  const wasPosted = request.method === 'POST';
  return reply
    .code(trouble.status)
    .type('text/html; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .removeHeader('ETag')
    .send(renderDocument(TroublePage({ frame, trouble, requestId: request.id, wasPosted })));
}
