import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

export const standardTexts = pgTable(
  'standard_texts',
  {
    sha256: text('sha256').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    bytes: integer('bytes').notNull(),
    pages: integer('pages').notNull(),
    hasTextLayer: boolean('has_text_layer').notNull(),
    uploadedBy: uuid('uploaded_by').notNull(),
    uploadedAt: instant('uploaded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sha256, table.organisationId] })],
);

export const standardTextParts = pgTable(
  'standard_text_parts',
  { sha256: text('sha256').notNull(), n: integer('n').notNull(), content: bytes('content').notNull() },
  (table) => [primaryKey({ columns: [table.sha256, table.n] })],
);

export const declarationTexts = pgTable(
  'declaration_texts',
  {
    sha256: text('sha256').notNull(),
    declarationId: text('declaration_id').notNull(),
    revision: integer('revision').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sha256, table.declarationId, table.revision] })],
);

export const withholdingOrders = pgTable('withholding_orders', {
  id: uuid('id').primaryKey(),
  sha256: text('sha256').notNull(),
  regulatorId: uuid('regulator_id').notNull(),
  reason: text('reason').notNull(),
  article: text('article').notNull(),
  state: text('state', { enum: ['requested', 'confirmed'] }).notNull(),
  requestedBy: uuid('requested_by').notNull(),
  requestedAt: instant('requested_at').notNull(),
  confirmedBy: uuid('confirmed_by'),
  confirmedAt: instant('confirmed_at'),
  notice: text('notice'),
  noticeSha256: text('notice_sha256'),
});
