import { date, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { SCHEME_STAGES } from '../../domain/schemes/life.ts';
import { instant } from './columns.ts';

export const schemeDrafts = pgTable('scheme_drafts', {
  id: uuid('id').primaryKey(),
  bodyId: uuid('body_id').notNull(),
  revision: integer('revision').notNull(),
  content: jsonb('content').notNull(),
  savedBy: uuid('saved_by').notNull(),
  savedAt: instant('saved_at').notNull(),
});

export const schemeStages = pgTable(
  'scheme_stages',
  {
    code: text('code').notNull(),
    version: integer('version').notNull(),
    n: integer('n').notNull(),
    stage: text('stage', { enum: SCHEME_STAGES }).notNull(),
    effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
    objectionsUntil: date('objections_until', { mode: 'string' }),
    reason: text('reason'),
    doneBy: uuid('done_by').notNull(),
    doneAt: instant('done_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.code, table.version, table.n] })],
);
