import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Logger } from 'pino';
import type { RegisterKind } from '../../domain/register.ts';
import type { Database } from '../../services/context.ts';
import { type Frame, type Language, messagesOf } from '../../views/frame.ts';
import { renderDocument } from '../../views/render.ts';
import type { Assets } from './assets.ts';

/** What pages need of the settings of the process. */
export interface PageSettings {
  readonly database: Database;
  readonly logger: Logger;
  readonly registerKind: RegisterKind;
  readonly publicUrl: string;
  readonly cookieSecure: boolean;
  readonly site: Frame['site'];
}

/** What the routes of one language share. */
export interface Pages {
  readonly settings: PageSettings;
  readonly assets: Assets;
  readonly lang: Language;
}

export const TEXT_COOKIE = 'lingpao-text';

export function frameOf(request: FastifyRequest, { settings, assets, lang }: Pages): Frame {
  const { actor } = request;
  return {
    lang,
    t: messagesOf(lang),
    path: pathWithoutLanguage(request.url),
    address: settings.publicUrl.replace(/\/$/u, '') + request.url,
    assets,
    registerKind: settings.registerKind,
    site: settings.site,
    member:
      actor?.kind === 'member' ? { displayName: actor.displayName, organisationName: actor.organisation.name } : null,
    bigText: request.cookies?.[TEXT_COOKIE] === 'big',
  };
}

/** The same for pages that are stored and given to everyone: nobody is logged in on them. */
export function publicFrame(request: FastifyRequest, pages: Pages): Frame {
  return { ...frameOf(request, pages), member: null };
}

export function languageOf(url: string): Language {
  return /^\/en(?:[/?#]|$)/u.test(url) ? 'en' : 'zh';
}

function pathWithoutLanguage(url: string): string {
  const path = languageOf(url) === 'en' ? url.slice(3) : url;
  // Two slashes would be the address of another host.
  return `/${path.replace(/^[/\\]+/u, '')}`;
}

/** Sends a page that belongs to this reader at this moment. */
export function sendPage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('Cache-Control', 'no-cache')
    .header('Vary', 'Cookie, Accept-Encoding')
    .send(renderDocument(page));
}

/** For pages of the workbench: neither shared nor kept. */
export function sendPrivatePage(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .send(renderDocument(page));
}

/** An address of this site; anything else becomes `otherwise`, so that no link of ours leads away. */
export function ownPath(given: unknown, otherwise: string): string {
  if (typeof given !== 'string' || !/^\/(?![/\\])[!-~]{0,500}$/u.test(given)) return otherwise;
  const url = URL.parse(given, 'http://own.invalid');
  return url?.host === 'own.invalid' ? url.pathname + url.search : otherwise;
}
