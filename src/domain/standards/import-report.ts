/** 整本 / 部分: whether what a file lacks is removed, or stays. */
export const IMPORT_KINDS = ['standards', 'limits'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
export const IMPORT_EXTENTS = ['whole', 'part'] as const;
export type ImportExtent = (typeof IMPORT_EXTENTS)[number];

/** One entry that a snapshot changed: its key (compact number, or code of a limit) and its canonical texts. */
export interface ChangedEntry {
  readonly key: string;
  readonly old: string;
  readonly new: string;
}

export interface ImportChanges {
  readonly added: readonly string[];
  readonly changed: readonly ChangedEntry[];
  readonly removed: readonly { readonly key: string; readonly old: string }[];
}

export interface ImportHead {
  readonly snapshot: number;
  readonly kind: ImportKind;
  readonly extent: ImportExtent;
  readonly source: string;
  readonly file: string;
  readonly entries: number;
  readonly at: string;
}

/**
 * What a snapshot changed, entry by entry, as canonical JSON: `added` by key (their text is that of the file, whose hash is
 * given), `changed` with old and new, `removed` with old. Written piece by piece, as the entries are canonical already.
 */
export function writeImportReport(head: ImportHead, changes: ImportChanges): string {
  const added = byKey(changes.added.map((key) => ({ key }))).map(({ key }) => JSON.stringify(key));
  const changed = byKey(changes.changed).map(
    (one) => `{"key":${JSON.stringify(one.key)},"new":${one.new},"old":${one.old}}`,
  );
  const removed = byKey(changes.removed).map((one) => `{"key":${JSON.stringify(one.key)},"old":${one.old}}`);
  const members = [
    ['added', `[${added.join(',')}]`],
    ['at', JSON.stringify(head.at)],
    ['changed', `[${changed.join(',')}]`],
    ['entries', String(head.entries)],
    ['extent', JSON.stringify(head.extent)],
    ['file', JSON.stringify(head.file)],
    ['kind', JSON.stringify(head.kind)],
    ['removed', `[${removed.join(',')}]`],
    ['snapshot', String(head.snapshot)],
    ['source', JSON.stringify(head.source)],
    ['v', '1'],
  ];
  return `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`;
}

function byKey<One extends { readonly key: string }>(entries: readonly One[]): readonly One[] {
  return entries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
