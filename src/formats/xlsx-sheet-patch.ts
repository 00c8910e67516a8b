import { setImmediate as turn } from 'node:timers/promises';
import { columnIndex, columnName } from '../domain/imports/sheet.ts';
import type { MarkingStyles } from './xlsx-styles.ts';
import { RELATIONS } from './xml-text.ts';
import { XmlReader } from './xml.ts';

const CHUNK = 64 * 1024;
/** What may follow the notes' drawing in a sheet, by the order of its schema (ECMA-376 part 1, 18.3.1.99). */
const BEHIND_NOTES = [
  'legacyDrawingHF',
  'picture',
  'oleObjects',
  'controls',
  'webPublishItems',
  'tableParts',
  'extLst',
];

export interface PatchedSheet {
  readonly source: string;
  /** The relation of the notes' drawing that the sheet had, or the new one. */
  readonly drawing: string;
}

/**
 * The sheet with marked cells in their marked style, and with the drawing of notes; everything else stays as it is, byte by
 * byte. A marked cell that was empty is put in its place in the row.
 */
export async function patchSheet(
  source: string,
  part: string,
  marked: ReadonlySet<string>,
  styles: MarkingStyles | null,
  newRelation: string,
): Promise<PatchedSheet> {
  const patch = new Patch(source, marked, styles);
  const reader = new XmlReader(part, {
    open: (name, attributes, position) => patch.open(name, attributes, position),
    close: (name, position) => patch.close(name, position),
  });
  for (let at = 0; at < source.length; at += CHUNK) {
    reader.write(source.slice(at, at + CHUNK));
    await turn();
  }
  reader.end();
  return patch.end(newRelation);
}

class Patch {
  readonly #source: string;
  readonly #styles: MarkingStyles | null;
  readonly #byRow = new Map<number, number[]>();
  readonly #edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  #depth = 0;
  #row = 0;
  #column = -1;
  #rowStyle = 0;
  #prefix = '';
  #waiting: number[] = [];
  #drawing: string | null = null;
  #behindNotes: number | null = null;

  constructor(source: string, marked: ReadonlySet<string>, styles: MarkingStyles | null) {
    this.#source = source;
    this.#styles = styles;
    for (const at of marked) {
      const { letters = '', digits = '' } = /^(?<letters>[A-Z]+)(?<digits>\d+)$/u.exec(at)?.groups ?? {};
      const row = Number(digits);
      this.#byRow.set(row, [...(this.#byRow.get(row) ?? []), columnIndex(letters)]);
    }
    for (const columns of this.#byRow.values()) columns.sort((a, b) => a - b);
  }

  open(name: string, attributes: Readonly<Record<string, string>>, end: number): void {
    const start = this.#source.lastIndexOf('<', end - 1);
    this.#depth += 1;
    if (name === 'row') {
      this.#row = Number(attributes['r'] ?? this.#row + 1);
      this.#column = -1;
      this.#rowStyle = Number(attributes['s'] ?? 0);
      this.#prefix = /^<(?<prefix>\w+:)?/u.exec(this.#source.slice(start, start + 40))?.groups?.['prefix'] ?? '';
      this.#waiting = [...(this.#byRow.get(this.#row) ?? [])];
    } else if (name === 'c') this.#cell(attributes, start, end);
    else if (name === 'legacyDrawing')
      this.#drawing = Object.entries(attributes).find(([key]) => /(^|:)id$/u.test(key))?.[1] ?? null;
    else if (this.#depth === 2 && this.#behindNotes === null && BEHIND_NOTES.includes(name)) this.#behindNotes = start;
  }

  #cell(attributes: Readonly<Record<string, string>>, start: number, end: number): void {
    const given = columnIndex(/^[A-Z]+/u.exec(attributes['r'] ?? '')?.[0] ?? '');
    this.#column = given === -1 ? this.#column + 1 : given;
    const before = this.#waiting.filter((column) => column < this.#column);
    if (before.length > 0) this.#edits.push({ from: start, to: start, text: this.#emptyCells(before) });
    const isMarked = this.#waiting.includes(this.#column);
    this.#waiting = this.#waiting.filter((column) => column > this.#column);
    const style = Number(attributes['s'] ?? 0);
    const wanted = this.#styles?.styleFor(style, isMarked) ?? style;
    if (wanted === style) return;
    const tag = this.#source.slice(start, end);
    const without = tag.replace(/\ss\s*=\s*(?:"\d*"|'\d*')/u, '');
    this.#edits.push({
      from: start,
      to: end,
      text: without.replace(/\s*\/?>$/u, (close) => ` s="${wanted}"${close.trim()}`),
    });
  }

  close(name: string, end: number): void {
    this.#depth -= 1;
    if (name !== 'row') {
      if (name === 'worksheet') this.#behindNotes ??= this.#source.lastIndexOf('<', end - 1);
      return;
    }
    if (this.#waiting.length === 0) return;
    const cells = this.#emptyCells(this.#waiting);
    this.#waiting = [];
    const start = this.#source.lastIndexOf('<', end - 1);
    const isEmptyTag = this.#source.slice(start, end).endsWith('/>');
    if (isEmptyTag) this.#edits.push({ from: end - 2, to: end, text: `>${cells}</${this.#prefix}row>` });
    else this.#edits.push({ from: start, to: start, text: cells });
  }

  #emptyCells(columns: readonly number[]): string {
    const style = this.#styles?.styleFor(this.#rowStyle, true) ?? this.#rowStyle;
    return columns.map((column) => `<${this.#prefix}c r="${columnName(column)}${this.#row}" s="${style}"/>`).join('');
  }

  end(newRelation: string): PatchedSheet {
    if (this.#drawing === null && this.#behindNotes !== null) {
      const root = /<(?<prefix>\w+:)?worksheet\b/u.exec(this.#source)?.groups?.['prefix'] ?? '';
      const text = `<${root}legacyDrawing xmlns:r="${RELATIONS}" r:id="${newRelation}"/>`;
      this.#edits.push({ from: this.#behindNotes, to: this.#behindNotes, text });
    }
    const pieces: string[] = [];
    let at = 0;
    for (const { from, to, text } of this.#edits.toSorted((a, b) => a.from - b.from)) {
      pieces.push(this.#source.slice(at, from), text);
      at = to;
    }
    pieces.push(this.#source.slice(at));
    return { source: pieces.join(''), drawing: this.#drawing ?? newRelation };
  }
}
