import { inflateSync } from 'node:zlib';

/** What a text may not carry: things that act, and files inside the file. By the name that a PDF must call them by. */
const FORBIDDEN: ReadonlyMap<string, PdfProblem> = new Map([
  ['Encrypt', 'encrypted'],
  ['JavaScript', 'javascript'],
  ['Launch', 'launch'],
  ['EmbeddedFile', 'embedded-file'],
  ['EmbeddedFiles', 'embedded-file'],
  ['RichMedia', 'embedded-file'],
]);

export const PDF_PROBLEMS = [
  'magic',
  'incomplete',
  'encrypted',
  'javascript',
  'launch',
  'embedded-file',
  'structure',
  'too-costly',
] as const;
export type PdfProblem = (typeof PDF_PROBLEMS)[number];

/** Objects of one stream, inflated: writers put some hundred of them, far below this. */
const MOST_INFLATED = 32 * 1024 * 1024;

/**
 * Finds forbidden names anywhere in the file, also where they are written with escapes (`/J#61vaScript`), and inside
 * compressed object streams. The whole file is looked through and not only what its cross-reference table leads to, since
 * readers differ in what they find when a table is wrong.
 */
export function forbiddenIn(bytes: Uint8Array): PdfProblem | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const found = forbiddenName(source);
  if (found) return found;
  for (const [dictionary, start] of objectStreams(source)) {
    // Writers compress object streams by Flate alone; anything else would hide what they hold.
    if (!isPlainFlate(dictionary)) return 'structure';
    const inflated = inflate(bytes.subarray(start));
    if (inflated === null) return 'structure';
    const hidden = forbiddenName(inflated.toString('latin1'));
    if (hidden) return hidden;
  }
  return null;
}

function forbiddenName(source: string): PdfProblem | null {
  for (const [, name = ''] of source.matchAll(/\/([A-Za-z#][A-Za-z0-9#]{5,40})(?![A-Za-z0-9#])/gu)) {
    const problem = FORBIDDEN.get(plainName(name));
    if (problem) return problem;
  }
  return null;
}

/** `J#61vaScript` → `JavaScript`. */
function plainName(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The dictionaries of object streams, with where their bytes start. */
function* objectStreams(source: string): Generator<readonly [dictionary: string, start: number]> {
  for (const found of source.matchAll(/\bstream\r?\n/gu)) {
    const opening = source.lastIndexOf(' obj', found.index);
    const dictionary = plainName(source.slice(Math.max(opening, found.index - 4096), found.index));
    if (/\/ObjStm\b/u.test(dictionary)) yield [dictionary, found.index + found[0].length];
  }
}

function isPlainFlate(dictionary: string): boolean {
  return (
    /\/Filter\s*(?:\[\s*)?\/(?:FlateDecode|Fl)\b/u.test(dictionary) &&
    !/\/(?:ASCII85Decode|ASCIIHexDecode|LZWDecode|RunLengthDecode|DecodeParms|DP|Crypt)\b/u.test(dictionary)
  );
}

function inflate(bytes: Uint8Array): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: MOST_INFLATED });
  } catch {
    return null;
  }
}
