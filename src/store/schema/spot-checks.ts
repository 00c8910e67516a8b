import { bigint, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { VERDICTS } from '../../domain/spot-checks/vocabulary.ts';
import { bytes, instant } from './columns.ts';

export const draws = pgTable('draws', {
  id: text('id').primaryKey(),
  regulatorId: uuid('regulator_id').notNull(),
  batch: text('batch').notNull(),
  stage: text('stage').notNull(),
  title: text('title').notNull(),
  state: text('state', { enum: ['committed', 'seeded', 'drawn', 'closed', 'void'] }).notNull(),
  logSize: bigint('log_size', { mode: 'number' }).notNull(),
  planSha256: text('plan_sha256').notNull(),
  entropyNotBefore: instant('entropy_not_before').notNull(),
  revealBy: instant('reveal_by'),
  plannedBy: uuid('planned_by').notNull(),
  plannedAt: instant('planned_at').notNull(),
  entropy: text('entropy'),
  entropyNote: text('entropy_note'),
  seededBy: uuid('seeded_by'),
  seededAt: instant('seeded_at'),
  drawnAt: instant('drawn_at'),
  voidRequestedBy: uuid('void_requested_by'),
  voidReason: text('void_reason'),
  voidedBy: uuid('voided_by'),
  voidedAt: instant('voided_at'),
});

export const drawFiles = pgTable(
  'draw_files',
  {
    drawId: text('draw_id').notNull(),
    name: text('name').notNull(),
    n: integer('n').notNull(),
    content: bytes('content').notNull(),
    sha256: text('sha256').notNull(),
  },
  (table) => [primaryKey({ columns: [table.drawId, table.name, table.n] })],
);

export const drawnObjects = pgTable(
  'drawn_objects',
  {
    drawId: text('draw_id').notNull(),
    object: text('object').notNull(),
    stratum: text('stratum').notNull(),
    rank: integer('rank').notNull(),
    inspectors: text('inspectors').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.drawId, table.object] })],
);

export const findings = pgTable('findings', {
  id: uuid('id').primaryKey(),
  regulatorId: uuid('regulator_id').notNull(),
  drawId: text('draw_id').notNull(),
  object: text('object').notNull(),
  verdict: text('verdict', {
    enum: VERDICTS,
  }).notNull(),
  codes: text('codes').array().notNull(),
  note: text('note').notNull(),
  state: text('state', { enum: ['entered', 'confirmed', 'published'] }).notNull(),
  revision: integer('revision').notNull(),
  enteredBy: uuid('entered_by').notNull(),
  enteredAt: instant('entered_at').notNull(),
  confirmedBy: uuid('confirmed_by'),
  confirmedAt: instant('confirmed_at'),
  publishedBy: uuid('published_by'),
  publishedAt: instant('published_at'),
  documentSha256: text('document_sha256'),
});
