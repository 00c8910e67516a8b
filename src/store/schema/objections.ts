import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { OBJECT_KINDS } from '../../domain/objections/object.ts';
import {
  ACCEPTANCES,
  EVIDENCE_TYPES,
  OBJECTION_DECISIONS,
  OBJECTION_EFFECTS,
  OBJECTION_KINDS,
} from '../../domain/objections/vocabulary.ts';
import { bytes, instant } from './columns.ts';

export const objections = pgTable('objections', {
  number: text('number').primaryKey(),
  objectKey: text('object_key').notNull(),
  objectKind: text('object_kind', { enum: OBJECT_KINDS }).notNull(),
  object: text('object').notNull(),
  listCode: text('list_code'),
  declarationId: text('declaration_id'),
  category: text('category'),
  kind: text('kind', { enum: OBJECTION_KINDS }).notNull(),
  handlerId: uuid('handler_id').notNull(),
  aboutId: uuid('about_id').notNull(),
  submittedAt: instant('submitted_at').notNull().defaultNow(),
  acceptance: text('acceptance', { enum: ACCEPTANCES }),
  acceptanceReason: text('acceptance_reason'),
  acceptanceDocument: text('acceptance_document'),
  acceptedBy: uuid('accepted_by'),
  acceptedAt: instant('accepted_at'),
  answeredAt: instant('answered_at'),
  reviewedBy: uuid('reviewed_by'),
  reviewedAt: instant('reviewed_at'),
  decision: text('decision', { enum: OBJECTION_DECISIONS }),
  decisionReasons: text('decision_reasons'),
  effect: text('effect', { enum: OBJECTION_EFFECTS }),
  decisionDocument: text('decision_document'),
  decidedBy: uuid('decided_by'),
  deciderId: uuid('decider_id'),
  decidedAt: instant('decided_at'),
  executedList: text('executed_list'),
  executedEdition: integer('executed_edition'),
  executionRemark: text('execution_remark'),
  executedAt: instant('executed_at'),
});

export const objectionParties = pgTable('objection_parties', {
  number: text('number').primaryKey(),
  objectorId: uuid('objector_id'),
  objectorUser: uuid('objector_user'),
  contact: text('contact').notNull(),
  secretSha256: text('secret_sha256').notNull(),
});

export const objectionTexts = pgTable(
  'objection_texts',
  {
    number: text('number').notNull(),
    role: text('role', { enum: ['statement', 'answer', 'review'] }).notNull(),
    organisationId: uuid('organisation_id'),
    writtenBy: uuid('written_by'),
    writtenAt: instant('written_at').notNull().defaultNow(),
    content: text('content').notNull(),
    recommendation: text('recommendation', { enum: OBJECTION_DECISIONS }),
  },
  (table) => [primaryKey({ columns: [table.number, table.role] })],
);

export const objectionFiles = pgTable(
  'objection_files',
  {
    number: text('number').notNull(),
    n: integer('n').notNull(),
    fileName: text('file_name').notNull(),
    type: text('type', { enum: EVIDENCE_TYPES }).notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    addedAt: instant('added_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.number, table.n] })],
);

export const objectionFileParts = pgTable(
  'objection_file_parts',
  {
    number: text('number').notNull(),
    n: integer('n').notNull(),
    part: integer('part').notNull(),
    content: bytes('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.number, table.n, table.part] })],
);
