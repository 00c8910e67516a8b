import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const catalogueSnapshots = pgTable('catalogue_snapshots', {
  snapshot: integer('snapshot').primaryKey(),
  kind: text('kind', { enum: ['standards', 'limits'] }).notNull(),
  organisationId: uuid('organisation_id').notNull(),
  importedBy: uuid('imported_by').notNull(),
  importedAt: instant('imported_at').notNull(),
  source: text('source').notNull(),
  extent: text('extent', { enum: ['whole', 'part'] }).notNull(),
  fileSha256: text('file_sha256').notNull(),
  entries: integer('entries').notNull(),
  added: integer('added').notNull(),
  changed: integer('changed').notNull(),
  removed: integer('removed').notNull(),
  report: text('report').notNull(),
  reportSha256: text('report_sha256').notNull(),
});

export const catalogueStandards = pgTable(
  'catalogue_standards',
  {
    compact: text('compact').notNull(),
    since: integer('since').notNull(),
    until: integer('until'),
    level: text('level').notNull(),
    document: text('document').notNull(),
    searchText: text('search_text').notNull(),
    searchBigrams: text('search_bigrams').array(),
    /** Compact numbers. */
    replacedBy: text('replaced_by').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.compact, table.since] })],
);

export const standardLimits = pgTable(
  'standard_limits',
  {
    code: text('code').notNull(),
    since: integer('since').notNull(),
    until: integer('until'),
    category: text('category').notNull(),
    /** Compact number of the standard that sets it. */
    standard: text('standard').notNull(),
    document: text('document').notNull(),
  },
  (table) => [primaryKey({ columns: [table.code, table.since] })],
);
