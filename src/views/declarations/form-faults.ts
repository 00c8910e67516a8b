import type { Fault } from '../../domain/fault.ts';
import type { Language } from '../frame.ts';

/** The words that a message is made of; the page of the form hands them to the browser too. */
export interface FaultWords {
  readonly please: string;
  readonly expected: string;
  readonly colon: string;
  readonly open: string;
  readonly close: string;
  readonly row: string;
  readonly rowEnd: string;
}

/** A fault as the form shows it: the input it belongs to, and one sentence, the same in the summary and at the field. */
export interface FieldMessage {
  readonly field: string;
  readonly message: string;
}

/** What a field is called, by the last step of its pointer; the row's number comes before it. */
export type Labels = Readonly<Record<string, string>>;

export function fieldMessages(
  faults: readonly Fault[],
  labels: Labels,
  words: FaultWords,
  lang: Language,
): readonly FieldMessage[] {
  const messages = faults.map((fault) => {
    const field = fieldOf(fault.at);
    return { field, message: messageOf(fault, labelOf(field, labels, words), words, lang) };
  });
  return messages.sort((a, b) => placeOf(a.field) - placeOf(b.field));
}

/** Summaries go down the page as the eye does; rows follow their list. */
const PAGE_ORDER = [
  '/standard/number',
  '/standard/name',
  '/standard/issuedOn',
  '/standard/effectiveOn',
  '/standard',
  '/migratedFrom',
  '/draft',
  '/subject',
  '/category',
  '/products',
  '/parameters',
  '/indicators',
  '/text',
  '/commitment',
];

function placeOf(field: string): number {
  const part = PAGE_ORDER.findIndex((start) => field === start || field.startsWith(`${start}/`));
  const row = Number(/\/(\d+)\//u.exec(field)?.[1] ?? -1);
  return (part < 0 ? PAGE_ORDER.length : part) * 1000 + row + 1;
}

/** Where–what–expected–what to do, in one line; a missing value needs only its name. */
function messageOf(fault: Fault, label: string, words: FaultWords, lang: Language): string {
  if (fault.code === 'field.missing') return `${words.please}${label}`;
  const { colon, open, close, expected } = words;
  const isOfSeveral = fieldOf(fault.at) !== fault.at && /\/\d+$/u.test(fault.at);
  const found = isOfSeveral && fault.found ? ` ${fault.found}` : '';
  return `${label}${found}${colon}${fault.remedy[lang]}${open}${expected}${fault.expected[lang]}${close}`;
}

/** Entries of a box of lines share its input; a text and a commitment are one thing; every other pointer is a name. */
export function fieldOf(at: string): string {
  if (at === '/commitment') return '/commitment/version';
  return at
    .replace(/^(\/products\/\d+\/(?:models|barcodes)|\/standard\/(?:replaces|references))\/.*$/u, '$1')
    .replace(/^\/text\/.*$/u, '/text');
}

function labelOf(field: string, labels: Labels, words: FaultWords): string {
  const [, list, row, name] = /(\w+)\/(\d+)(?:\/(\w+))?$/u.exec(field) ?? [];
  if (!list || !row) return labels[field] ?? labels[field.split('/').at(-1) ?? ''] ?? field;
  const label = name ? (labels[`${list}/${name}`] ?? name) : (labels[`/${list}`] ?? list);
  const place =
    words.rowEnd === '' ? `${words.row} ${Number(row) + 1}, ` : `${words.row} ${Number(row) + 1} ${words.rowEnd} `;
  return `${place}${label}`;
}
