import { bigint, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

export const logPending = pgTable('log_pending', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  entryType: text('entry_type').notNull(),
  subject: text('subject').notNull(),
  revision: integer('revision').notNull(),
  leaf: text('leaf').notNull(),
});

export const logEntries = pgTable('log_entries', {
  idx: bigint('idx', { mode: 'number' }).primaryKey(),
  entryType: text('entry_type').notNull(),
  subject: text('subject').notNull(),
  revision: integer('revision').notNull(),
  leaf: text('leaf').notNull(),
  leafHash: bytes('leaf_hash').notNull(),
  sequencedAt: instant('sequenced_at').notNull(),
});

export const auditEvents = pgTable('audit_events', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  at: instant('at').notNull(),
  organisationId: uuid('organisation_id'),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  detail: jsonb('detail').notNull(),
  requestId: text('request_id'),
});

export const outbox = pgTable('outbox', {
  jobKey: text('job_key').primaryKey(),
  kind: text('kind').notNull(),
  data: jsonb('data').notNull(),
  createdAt: instant('created_at').notNull(),
  sentAt: instant('sent_at'),
  nextSendAt: instant('next_send_at').notNull(),
  sends: integer('sends').notNull(),
  tries: integer('tries').notNull(),
  state: text('state', { enum: ['open', 'done', 'dead'] }).notNull(),
  finishedAt: instant('finished_at'),
});

export const jobFailures = pgTable('job_failures', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  jobKey: text('job_key').notNull(),
  at: instant('at').notNull(),
  attempt: integer('attempt').notNull(),
  message: text('message').notNull(),
});
