/** How far an import is. `checked` waits for a person; nothing was declared before that. */
export const IMPORT_STATES = [
  'receiving',
  'checking',
  'checked',
  'importing',
  'imported',
  'refused',
  'cancelled',
  'failed',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What a row may become: it can go in, only with its warnings answered, or is declared with the same content. */
export const ROW_VERDICTS = ['good', 'warned', 'already'] as const;
export type RowVerdict = (typeof ROW_VERDICTS)[number];
