/** What a file may be before it is refused; the same for a page, the API and the command line. */
export const LIMITS = {
  /** CSV and JSON lines, which are read as a stream. */
  textBytes: 200 * 1024 * 1024,
  textRows: 100_000,
  /** With the empty ones, which are counted and left out. */
  lines: 300_000,
  /** Workbooks, whose packed parts are held in memory. */
  workbookBytes: 10 * 1024 * 1024,
  workbookRows: 5_000,
  columns: 300,
  /** Characters: what a spreadsheet program itself allows in a cell. */
  cell: 32_767,
  /** Bytes of one CSV record or one JSON line. */
  record: 1024 * 1024,
} as const;

export const FORMATS = ['csv', 'jsonl', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];
