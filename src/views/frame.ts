import type { Text } from '../domain/fault.ts';
import type { RegisterKind } from '../domain/register.ts';
import { en } from './i18n/en.ts';
import { type Messages, zh } from './i18n/zh.ts';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Addresses of the browser's files, which carry their hash. */
export interface AssetAddresses {
  readonly style: string | null;
  readonly enhance: string | null;
  readonly islands: Readonly<Record<string, string>>;
}

/** What every page is given beside its own data: language, who reads, what register this is. */
export interface Frame {
  readonly lang: Language;
  readonly t: Messages;
  /** Path and query without the language prefix. */
  readonly path: string;
  /** The page in full, as paper needs it. */
  readonly address: string;
  readonly assets: AssetAddresses;
  readonly registerKind: RegisterKind;
  readonly site: { readonly operatorName: string | null; readonly icp: string | null; readonly contact: string | null };
  readonly member: { readonly displayName: string; readonly organisationName: string } | null;
  readonly bigText: boolean;
}

export function messagesOf(lang: Language): Messages {
  return lang === 'zh' ? zh : en;
}

/** An own address in the language of the page. */
export function link(frame: Pick<Frame, 'lang'>, path: string): string {
  return inLanguage(frame.lang, path);
}

export function inLanguage(lang: Language, path: string): string {
  if (lang === 'zh') return path;
  return path === '/' ? '/en/' : `/en${path}`;
}

/** A text of the domain in the language of the page. */
export function words({ lang }: Pick<Frame, 'lang'>, text: Text): string {
  return text[lang];
}

/** 噪声（dB(A)）; the text alone where there is nothing to put in brackets. */
export function inBrackets({ t }: Pick<Frame, 't'>, said: string, inside: string): string {
  return inside === '' ? said : `${said}${t.site.open}${inside}${t.site.close}`;
}

/** An address with a query; parameters without a value are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (given.length === 0) return path;
  return `${path}?${given.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')}`;
}
