import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const calendarYears = pgTable(
  'calendar_years',
  {
    year: integer('year').notNull(),
    revision: integer('revision').notNull(),
    document: text('document').notNull(),
    documentSha256: text('document_sha256').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    publishedBy: uuid('published_by').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.revision] })],
);
