import { posix } from 'node:path';
import { type Note, OUR_NOTES, readNotes, writeNotes, writeNoteShapes } from './xlsx-notes.ts';
import { openXlsx, type XlsxPackage } from './xlsx-package.ts';
import { patchSheet } from './xlsx-sheet-patch.ts';
import { MarkingStyles } from './xlsx-styles.ts';
import { readWorkbook } from './xlsx-workbook.ts';
import { PACKAGE, RELATIONS, XML } from './xml-text.ts';
import { type PackedPart, packPart, writeZip } from './zip.ts';

const MOST_SHEET = 64 * 1024 * 1024;
/** Notes that a spreadsheet program still opens without delay. */
const MOST_NOTES = 20_000;

export interface Mark {
  /** A1-style place. */
  readonly at: string;
  readonly text: string;
}

/**
 * The workbook as it was sent, with cells in red and a note at each: only the sheet, its styles and notes are rewritten,
 * and what we marked an earlier time is cleared. Everything else is copied as it is packed.
 */
export async function markXlsx(file: Buffer, marks: readonly Mark[]): Promise<Buffer> {
  const opened = await openXlsx(file);
  const { sheet, styles } = await readWorkbook(opened);
  const texts = new Map<string, string>();
  for (const { at, text } of marks.slice(0, MOST_NOTES)) {
    const before = texts.get(at);
    texts.set(at, before === undefined ? text : `${before}\n\n${text}`);
  }
  const relationsPart = posix.join(posix.dirname(sheet), '_rels', `${posix.basename(sheet)}.rels`);
  const relations = opened.has(relationsPart) ? readRelations(await opened.text(relationsPart)) : [];
  const ofType = (type: string) => relations.filter((one) => one.type.endsWith(`/${type}`));
  const oldNotes = ofType('comments').map(({ target }) => posix.join(posix.dirname(sheet), target));
  const kept: Note[] = [];
  for (const part of oldNotes.filter((name) => opened.has(name))) {
    kept.push(...readNotes(part, await opened.text(part)).filter(({ at }) => !texts.has(at)));
  }
  const notes = [...kept, ...[...texts].map(([at, text]) => ({ at, author: OUR_NOTES, text }))];
  const marking = styles ? MarkingStyles.read(await opened.text(styles, MOST_SHEET)) : null;
  const patched = await patchSheet(
    await opened.text(sheet, MOST_SHEET),
    sheet,
    new Set(texts.keys()),
    marking,
    'rIdLingpaoNotes',
  );
  const replaced = [
    ...ofType('comments'),
    ...ofType('threadedComment'),
    ...relations.filter(({ id }) => id === patched.drawing),
  ];
  const names = freeNames(opened);
  const written = new Map<string, string>([
    [sheet, patched.source],
    ...(styles && marking ? [[styles, marking.write()] as const] : []),
    [names.notes, writeNotes(notes)],
    [names.shapes, writeNoteShapes(notes)],
    [
      relationsPart,
      writeRelations([
        ...relations.filter((one) => !replaced.includes(one)).map(({ source }) => source),
        relation('rIdLingpaoComments', 'comments', posix.relative(posix.dirname(sheet), names.notes)),
        relation(patched.drawing, 'vmlDrawing', posix.relative(posix.dirname(sheet), names.shapes)),
      ]),
    ],
  ]);
  const dropped = new Set(replaced.map(({ target }) => posix.join(posix.dirname(sheet), target)));
  const types = contentTypes(await opened.text('[Content_Types].xml'), names.notes, dropped);
  written.set('[Content_Types].xml', types);
  const parts: PackedPart[] = [];
  for (const name of opened.names) {
    if (!written.has(name) && !dropped.has(name)) parts.push(await opened.packed(name));
  }
  const first = ['[Content_Types].xml', ...[...written.keys()].filter((name) => name !== '[Content_Types].xml')];
  const rewritten = await Promise.all(first.map((name) => packPart(name, written.get(name) ?? '')));
  return writeZip([...rewritten, ...parts]);
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly source: string;
}

function readRelations(source: string): readonly Relation[] {
  return [...source.matchAll(/<(?:\w+:)?Relationship\b[^>]*?(?:\/>|>\s*<\/(?:\w+:)?Relationship>)/gu)].map(([one]) => {
    const value = (name: string) => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`, 'u').exec(one)?.[1] ?? '';
    const target = value('Target');
    // A target from the root is as far from the sheet's folder as the root is.
    const relative = target.startsWith('/') ? posix.relative('/xl/worksheets', target) : target;
    return {
      id: value('Id'),
      type: value('Type'),
      target: relative,
      source: one.replace(/^<\w+:/u, '<').replace(/<\/\w+:/u, '</'),
    };
  });
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
}

function writeRelations(relations: readonly string[]): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`;
}

/** Names that no part has, so that parts of other sheets stay whole. */
function freeNames(opened: XlsxPackage): { readonly notes: string; readonly shapes: string } {
  for (let n = 1; ; n++) {
    const names = { notes: `xl/comments${n}.xml`, shapes: `xl/drawings/vmlDrawing${n}.vml` };
    if (!opened.has(names.notes) && !opened.has(names.shapes)) return names;
  }
}

function contentTypes(source: string, notes: string, dropped: ReadonlySet<string>): string {
  const prefix = /<(?<prefix>\w+:)?Types\b/u.exec(source)?.groups?.['prefix'] ?? '';
  const isVmlKnown = /<(?:\w+:)?Default\b[^>]*Extension\s*=\s*["']vml["']/iu.test(source);
  const added = [
    ...(isVmlKnown
      ? []
      : [`<${prefix}Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>`]),
    `<${prefix}Override PartName="/${notes}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>`,
  ];
  return source
    .replace(/<(?:\w+:)?Override\b[^>]*?\/>/gu, (one) => {
      const part = /PartName\s*=\s*["']\/?([^"']*)["']/u.exec(one)?.[1] ?? '';
      return dropped.has(part) ? '' : one;
    })
    .replace(/<\/(?:\w+:)?Types>/u, (end) => `${added.join('')}${end}`);
}
