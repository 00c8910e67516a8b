import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { DECLARATION_EVENTS, DECLARATION_STATES, SUBJECTS } from '../../domain/declarations/content.ts';
import { STANDARD_LEVELS } from '../../domain/standards/number.ts';
import { instant } from './columns.ts';

export const categories = pgTable('categories', {
  code: text('code').primaryKey(),
  nameZh: text('name_zh').notNull(),
  nameEn: text('name_en'),
});

export const declarations = pgTable('declarations', {
  id: text('id').primaryKey(),
  organisationId: uuid('organisation_id').notNull(),
  creditCode: text('credit_code').notNull(),
  numberCompact: text('number_compact').notNull(),
  level: text('level', { enum: STANDARD_LEVELS }).notNull(),
  category: text('category').notNull(),
  subject: text('subject', { enum: SUBJECTS }).notNull(),
  state: text('state', { enum: DECLARATION_STATES }).notNull(),
  revision: integer('revision').notNull(),
  publishedAt: instant('published_at').notNull(),
  barcodes: text('barcodes').array().notNull(),
  searchText: text('search_text').notNull(),
  searchBigrams: text('search_bigrams').array(),
});

export const declarationVersions = pgTable(
  'declaration_versions',
  {
    declarationId: text('declaration_id').notNull(),
    revision: integer('revision').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    event: text('event', { enum: DECLARATION_EVENTS }).notNull(),
    category: text('category').notNull(),
    creditCode: text('credit_code').notNull(),
    numberCompact: text('number_compact').notNull(),
    document: text('document').notNull(),
    documentSha256: text('document_sha256').notNull(),
    author: uuid('author'),
    signer: text('signer'),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.declarationId, table.revision] })],
);

export const declarationDrafts = pgTable('declaration_drafts', {
  id: uuid('id').primaryKey(),
  organisationId: uuid('organisation_id').notNull(),
  revision: integer('revision').notNull(),
  content: jsonb('content').notNull(),
  savedBy: uuid('saved_by'),
  savedAt: instant('saved_at').notNull(),
});
