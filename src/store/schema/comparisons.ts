import { bigint, date, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const schemeVersions = pgTable(
  'scheme_versions',
  {
    code: text('code').notNull(),
    version: integer('version').notNull(),
    bodyId: uuid('body_id').notNull(),
    category: text('category').notNull(),
    document: text('document').notNull(),
    documentSha256: text('document_sha256').notNull(),
    publishedBy: uuid('published_by').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.code, table.version] })],
);

export const comparisonRuns = pgTable('comparison_runs', {
  id: text('id').primaryKey(),
  bodyId: uuid('body_id').notNull(),
  schemeCode: text('scheme_code').notNull(),
  /** Null of a trial of a draft. */
  schemeVersion: integer('scheme_version'),
  logSize: bigint('log_size', { mode: 'number' }).notNull(),
  state: text('state', { enum: ['requested', 'running', 'finished', 'failed'] }).notNull(),
  done: bigint('done', { mode: 'number' }).notNull(),
  total: bigint('total', { mode: 'number' }).notNull(),
  requestedBy: uuid('requested_by').notNull(),
  requestedAt: instant('requested_at').notNull(),
  startedAt: instant('started_at'),
  finishedAt: instant('finished_at'),
  failure: text('failure'),
  kind: text('kind', { enum: ['regular', 'correction', 'trial'] }).notNull(),
  correction: text('correction'),
  mappings: text('mappings').notNull(),
  decisions: text('decisions').notNull(),
  phase: text('phase', { enum: ['reading', 'comparing', 'ranking', 'storing'] }),
});

export const rankingListEditions = pgTable('ranking_list_editions', {
  id: uuid('id').primaryKey(),
  runId: text('run_id').notNull(),
  bodyId: uuid('body_id').notNull(),
  schemeCode: text('scheme_code').notNull(),
  schemeVersion: integer('scheme_version'),
  edition: integer('edition'),
  state: text('state', { enum: ['draft', 'trial', 'published'] }).notNull(),
  head: text('head').notNull(),
  report: text('report').notNull(),
  premises: text('premises').notNull(),
  listSha256: text('list_sha256').notNull(),
  createdAt: instant('created_at').notNull(),
  publishedAt: instant('published_at'),
  publishedBy: uuid('published_by'),
  preparedBy: uuid('prepared_by'),
  preparedAt: instant('prepared_at'),
  checklist: text('checklist'),
  objectionsUntil: date('objections_until'),
  validUntil: date('valid_until'),
});

export const trialSchemes = pgTable('trial_schemes', {
  runId: text('run_id').primaryKey(),
  bodyId: uuid('body_id').notNull(),
  document: text('document').notNull(),
});

export const editionCitations = pgTable(
  'edition_citations',
  {
    editionId: uuid('edition_id').notNull(),
    numberCompact: text('number_compact').notNull(),
    listed: integer('listed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.editionId, table.numberCompact] })],
);

export const indicatorMappings = pgTable('indicator_mappings', {
  id: uuid('id').primaryKey(),
  bodyId: uuid('body_id').notNull(),
  category: text('category').notNull(),
  name: text('name').notNull(),
  asName: text('as_name'),
  reason: text('reason').notNull(),
  declarations: integer('declarations').notNull(),
  mappedBy: uuid('mapped_by').notNull(),
  mappedAt: instant('mapped_at').notNull(),
  undoneBy: uuid('undone_by'),
  undoneAt: instant('undone_at'),
  undoReason: text('undo_reason'),
});

export const rankingListChunks = pgTable(
  'ranking_list_chunks',
  {
    editionId: uuid('edition_id').notNull(),
    n: integer('n').notNull(),
    section: text('section', { enum: ['head', 'entries', 'excluded', 'changes', 'left'] }).notNull(),
    firstRow: integer('first_row').notNull(),
    rowCount: integer('row_count').notNull(),
    content: text('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.editionId, table.n] })],
);
