import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { sha256Hex } from '../bytes.ts';
import { type Comparer, comparer } from '../comparisons/compare.ts';
import { Premises } from '../comparisons/premises.ts';
import type { DeclarationDocument } from '../declarations/document.ts';
import { Scheme } from '../schemes/scheme.ts';
import { withChanges } from './changes.ts';
import { type ComparedDeclaration, compared, ENGINE, type ListHead, rank } from './list.ts';
import { inputsText } from './inputs-text.ts';
import { readList, writeList } from './list-text.ts';
import { premisesSource } from './premises-source.ts';

/**
 * Everything that an edition was made from, in one file of JSON lines, in this order: what it is; the scheme; the premises;
 * the edition before; the list itself; the declarations. Texts are quoted whole, so that their bytes are the hashed ones.
 */
export const KitLine = z.union([
  z.strictObject({ kit: z.literal(1), list: z.string(), edition: z.int(), sha256: z.string() }),
  z.strictObject({ scheme: z.string() }),
  z.strictObject({ premises: z.string() }),
  z.strictObject({ previous: z.string() }),
  z.strictObject({ published: z.string() }),
  z.strictObject({ input: z.string() }),
]);
export type KitLine = z.infer<typeof KitLine>;

/** One thing that was checked, with what was found where it does not hold. */
export interface KitCheck {
  readonly name: 'engine' | 'list' | 'scheme' | 'premises' | 'previous' | 'inputs' | 'recomputed';
  readonly holds: boolean;
  readonly found: string;
  readonly expected: string;
}

/** The first line in which the published list and the recomputed one differ; null past the end of either. */
export interface ListDifference {
  readonly line: number;
  readonly published: string | null;
  readonly recomputed: string | null;
}

export interface KitVerdict {
  readonly list: string;
  readonly edition: number;
  readonly head: ListHead;
  readonly compared: number;
  readonly checks: readonly KitCheck[];
  readonly difference: ListDifference | null;
}

/** What makes a file no kit at all, with the line it was found in. */
export class KitError extends Error {
  override name = 'KitError';
}

/** Recomputes an edition from its kit, line by line; only rows are held, never all documents. */
export function verifyKit() {
  const inputs = sha256.create();
  const rows: ComparedDeclaration[] = [];
  const [previous, published]: [string[], string[]] = [[], []];
  let [start, schemeText, premisesText, count]: [
    { list: string; edition: number; sha256: string } | null,
    string,
    string,
    number,
  ] = [null, '', '', 0];
  let compare: Comparer['compare'] | null = null;

  /** Takes the next line of the kit. Throws a `KitError` on a line that is none, or stands where it must not. */
  const take = (line: string, number: number): void => {
    const part = readLine(line, number);
    if ('kit' in part) start = part;
    else if ('scheme' in part) schemeText = part.scheme;
    else if ('premises' in part) premisesText = part.premises;
    else if ('previous' in part) previous.push(part.previous);
    else if ('published' in part) published.push(part.published);
    else {
      compare ??= prepare(schemeText, premisesText, number);
      const hash = sha256Hex(part.input);
      inputs.update(utf8ToBytes(inputsText([hash])));
      count++;
      const document = parse<DeclarationDocument>(part.input, number);
      rows.push(compared(document, hash, compare(document)));
    }
  };

  /** The verdict, once every line was taken. */
  const finish = (): KitVerdict => {
    if (!start || published.length === 0) throw new KitError('the kit has no list');
    const list = readList(published);
    const { head } = list;
    const text = published.join('');
    const check = (name: KitCheck['name'], found: string, expected: string): KitCheck => ({
      name,
      holds: found === expected,
      found,
      expected,
    });
    const hashes = [
      check('engine', head.engine, ENGINE),
      check('list', sha256Hex(text), start.sha256),
      check('scheme', sha256Hex(schemeText), head.scheme.sha256),
      check('premises', sha256Hex(premisesText), head.premises.sha256),
      check('previous', previous.length > 0 ? sha256Hex(previous.join('')) : '-', head.previous?.sha256 ?? '-'),
      check('inputs', `${count} ${bytesToHex(inputs.clone().digest())}`, `${head.inputs.count} ${head.inputs.sha256}`),
    ];
    // Parsed anew rather than taken from the published head: what the head claims is what is to be proven.
    const scheme = Scheme.parse(parse(schemeText, 0));
    const premises = Premises.parse(parse(premisesText, 0));
    const ranked = rank(scheme, rows, {
      body: head.body,
      logSize: head.logSize,
      edition: head.edition,
      previous: head.previous,
      correction: head.correction,
      inputs: { count, sha256: bytesToHex(inputs.digest()) },
      premises: premisesSource(premises, sha256Hex(premisesText)),
      schemeSha256: sha256Hex(schemeText),
    });
    const recomputed = withChanges(ranked, previous.length > 0 ? readList(previous) : null, premises);
    const difference = firstDifference(text, [...writeList(recomputed)].map(([, line]) => line).join(''));
    const says = difference ? `line ${difference.line}` : 'equal';
    return {
      list: start.list,
      edition: start.edition,
      head,
      compared: count,
      checks: [...hashes, check('recomputed', says, 'equal')],
      difference,
    };
  };
  return { take, finish };
}

function prepare(schemeText: string, premisesText: string, number: number): Comparer['compare'] {
  if (schemeText === '' || premisesText === '')
    throw new KitError(`line ${number}: declarations come after scheme and premises`);
  const scheme = Scheme.safeParse(parse(schemeText, number));
  const premises = Premises.safeParse(parse(premisesText, number));
  if (!scheme.success) throw new KitError(`the scheme of the kit is none: ${scheme.error.issues[0]?.message}`);
  if (!premises.success) throw new KitError(`the premises of the kit are none: ${premises.error.issues[0]?.message}`);
  return comparer(scheme.data, premises.data).compare;
}

function readLine(line: string, number: number): KitLine {
  const read = KitLine.safeParse(parse(line, number));
  if (read.success) return read.data;
  throw new KitError(`line ${number}: no part of a kit: ${line.slice(0, 80)}`);
}

function parse<Value>(json: string, number: number): Value {
  try {
    return JSON.parse(json) as Value;
  } catch (error) {
    throw new KitError(`line ${number}: ${(error as Error).message}`);
  }
}

function firstDifference(published: string, recomputed: string): ListDifference | null {
  if (published === recomputed) return null;
  const [a, b] = [published.split('\n'), recomputed.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  const line = at < 0 ? a.length : at;
  return { line: line + 1, published: a[line] ?? null, recomputed: b[line] ?? null };
}
