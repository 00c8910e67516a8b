import { date, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { EXAMINATION_OUTCOMES, MEASURE_KINDS } from '../../domain/bodies/measure.ts';
import { instant } from './columns.ts';

export const bodyMeasures = pgTable('body_measures', {
  id: uuid('id').primaryKey(),
  bodyId: uuid('body_id').notNull(),
  accreditationId: uuid('accreditation_id'),
  kind: text('kind', { enum: MEASURE_KINDS }).notNull(),
  outcome: text('outcome', { enum: EXAMINATION_OUTCOMES }),
  reason: text('reason').notNull(),
  effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
  correctBy: date('correct_by', { mode: 'string' }),
  document: text('document').notNull(),
  documentSha256: text('document_sha256').notNull(),
  state: text('state', { enum: ['proposed', 'approved', 'refused'] }).notNull(),
  proposerId: uuid('proposer_id').notNull(),
  proposedBy: uuid('proposed_by').notNull(),
  proposedAt: instant('proposed_at').notNull(),
  decidedBy: uuid('decided_by'),
  decidedAt: instant('decided_at'),
});

export const conflictStatements = pgTable('conflict_statements', {
  id: uuid('id').primaryKey(),
  bodyId: uuid('body_id').notNull(),
  categoryPrefix: text('category_prefix').notNull(),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  validTo: date('valid_to', { mode: 'string' }).notNull(),
  personIds: uuid('person_ids').array().notNull(),
  document: text('document').notNull(),
  documentSha256: text('document_sha256').notNull(),
  statedBy: uuid('stated_by').notNull(),
  statedAt: instant('stated_at').notNull(),
});
