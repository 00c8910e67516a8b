import { err, ok, type Result } from '../result.ts';

export interface ForbiddenCharacter {
  readonly character: string;
  readonly reason: 'forbidden' | 'not ASCII';
}

// Controls, format and private-use characters, lone surrogates, unassigned code points, and ①-like numbers, which NFKC
// would silently turn into digits. Default-ignorable ones (U+FE0F, tags) are invisible, so they are named as well.
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{No}\p{Default_Ignorable_Code_Point}]/u;
const DASHES = /[\u2010-\u2015\u2212]/gu;
// A katakana or Chinese "one" between ASCII is a typed dash: GB/T 1一2012.
const DASH_LOOKALIKES = /(?<=[\x21-\x7e] ?)[ー一](?= ?[\x21-\x7e])/gu;

/** `U+0412`, as faults print a code point. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Folds an identifier (credit code, standard number, bar code) to its one comparable form: full-width to half-width,
 * every dash to "-", upper case, single spaces, none beside "/" and "-". A character that must not be dropped in silence
 * is refused by name. What was typed is kept elsewhere.
 */
export function foldIdentifier(typed: string): Result<string, ForbiddenCharacter> {
  const trimmed = typed.replace(/^\uFEFF/u, '').trim();
  const forbidden = FORBIDDEN.exec(trimmed);
  if (forbidden) return err({ character: forbidden[0], reason: 'forbidden' });
  const folded = trimmed
    .normalize('NFKC')
    .replace(DASHES, '-')
    .replace(DASH_LOOKALIKES, '-')
    .toUpperCase()
    .replace(/\s+/gu, ' ')
    .replace(/ ?([/-]) ?/gu, '$1')
    .trim();
  const foreign = /[^\x20-\x7e]/u.exec(folded);
  if (foreign) return err({ character: foreign[0], reason: 'not ASCII' });
  return ok(folded);
}

/** Folds running text (names, search terms) for comparing only: NFKC, single spaces, lower case. */
export function foldForSearch(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}
