import { columnIndex } from '../domain/imports/sheet.ts';
import { MAIN, XML, xmlText } from './xml-text.ts';
import { XmlReader } from './xml.ts';

/** A note at a cell, as A1-style place and text. */
export interface Note {
  readonly at: string;
  readonly author: string;
  readonly text: string;
}

export const OUR_NOTES = '领跑 Lingpao';

/** The notes of a sheet as it came, without those that we wrote into it an earlier time. */
export function readNotes(part: string, source: string): readonly Note[] {
  const authors: string[] = [];
  const notes: Note[] = [];
  let into: 'author' | 'text' | null = null;
  let current = { at: '', author: 0, text: '' };
  const reader = new XmlReader(part, {
    open(name, attributes) {
      if (name === 'author') authors.push('');
      if (name === 'comment')
        current = { at: attributes['ref'] ?? '', author: Number(attributes['authorId'] ?? 0), text: '' };
      into = name === 'author' ? 'author' : name === 't' ? 'text' : into;
    },
    text(value) {
      if (into === 'author') authors[authors.length - 1] += value;
      if (into === 'text') current.text += value;
    },
    close(name) {
      if (name === 'author' || name === 't') into = null;
      if (name === 'comment') notes.push({ at: current.at, author: authors[current.author] ?? '', text: current.text });
    },
  });
  reader.write(source);
  reader.end();
  return notes.filter(({ author, at }) => author !== OUR_NOTES && place(at) !== null);
}

export function writeNotes(notes: readonly Note[]): string {
  const authors = [...new Set(notes.map(({ author }) => author))];
  const listed = notes.map(
    ({ at, author, text }) =>
      `<comment ref="${at}" authorId="${authors.indexOf(author)}"><text><r><t xml:space="preserve">${xmlText(text)}</t></r></text></comment>`,
  );
  return `${XML}<comments xmlns="${MAIN}"><authors>${authors.map((author) => `<author>${xmlText(author)}</author>`).join('')}</authors><commentList>${listed.join('')}</commentList></comments>`;
}

/** The boxes in which spreadsheet programs show notes: VML, for which there is no other form. */
export function writeNoteShapes(notes: readonly Note[]): string {
  const shapes = notes.flatMap(({ at }, i) => {
    const found = place(at);
    if (!found) return [];
    const { row, column } = found;
    const anchor = [column + 1, 15, Math.max(0, row - 1), 2, column + 4, 31, row + 6, 1].join(', ');
    return [
      `<v:shape id="_x0000_s${1025 + i}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:110pt;z-index:${i + 1};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`,
    ];
  });
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${shapes.join('')}</xml>`;
}

/** Row and column from 0, as VML counts. */
function place(at: string): { readonly row: number; readonly column: number } | null {
  const { letters, digits } = /^(?<letters>[A-Z]{1,3})(?<digits>[1-9]\d{0,6})$/u.exec(at)?.groups ?? {};
  return letters && digits ? { row: Number(digits) - 1, column: columnIndex(letters) } : null;
}
