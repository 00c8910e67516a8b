import { boolean, date, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { SIGNER_CAPACITIES } from '../../domain/declarations/commitment.ts';
import {
  EDITION_KINDS,
  LABORATORY_MARKS,
  PROVISIONS,
  REPORT_TYPES,
  ROUND_KINDS,
} from '../../domain/forerunners/vocabulary.ts';
import { bytes, instant } from './columns.ts';

const day = (name: string) => date(name, { mode: 'string' });

export const forerunnerRounds = pgTable('forerunner_rounds', {
  id: text('id').primaryKey(),
  listCode: text('list_code').notNull(),
  kind: text('kind', { enum: ROUND_KINDS }).notNull(),
  boardEdition: integer('board_edition').notNull(),
  boardSha256: text('board_sha256').notNull(),
  schemeVersion: integer('scheme_version').notNull(),
  schemeSha256: text('scheme_sha256').notNull(),
  category: text('category').notNull(),
  bodyId: uuid('body_id').notNull(),
  document: text('document').notNull(),
  openedBy: uuid('opened_by').notNull(),
  openedAt: instant('opened_at').notNull().defaultNow(),
  confirmUntil: day('confirm_until').notNull(),
  shortlist: text('shortlist'),
  shortlistedBy: uuid('shortlisted_by'),
  shortlistedAt: instant('shortlisted_at'),
  objectionsUntil: day('objections_until'),
  objectionsOpenedBy: uuid('objections_opened_by'),
  objectionsOpenedAt: instant('objections_opened_at'),
  edition: integer('edition'),
  publishedBy: uuid('published_by'),
  publishedAt: instant('published_at'),
  endReason: text('end_reason'),
  endedBy: uuid('ended_by'),
  endedAt: instant('ended_at'),
});

export const forerunnerCandidates = pgTable(
  'forerunner_candidates',
  {
    roundId: text('round_id').notNull(),
    declarationId: text('declaration_id').notNull(),
    revision: integer('revision').notNull(),
    documentSha256: text('document_sha256').notNull(),
    boardEdition: integer('board_edition').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    checkedAt: instant('checked_at'),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.declarationId] })],
);

export const forerunnerConfirmations = pgTable(
  'forerunner_confirmations',
  {
    roundId: text('round_id').notNull(),
    declarationId: text('declaration_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    commitmentVersion: integer('commitment_version').notNull(),
    provision: text('provision', { enum: PROVISIONS }).notNull(),
    models: text('models').array().notNull(),
    confirmedAt: instant('confirmed_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.declarationId] })],
);

export const forerunnerSignatures = pgTable(
  'forerunner_signatures',
  {
    roundId: text('round_id').notNull(),
    declarationId: text('declaration_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    signer: text('signer').notNull(),
    capacity: text('capacity', { enum: SIGNER_CAPACITIES }).notNull(),
    confirmedBy: uuid('confirmed_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.declarationId] })],
);

export const forerunnerReports = pgTable(
  'forerunner_reports',
  {
    roundId: text('round_id').notNull(),
    declarationId: text('declaration_id').notNull(),
    n: integer('n').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    number: text('number').notNull(),
    laboratory: text('laboratory').notNull(),
    mark: text('mark', { enum: LABORATORY_MARKS }).notNull(),
    markNumber: text('mark_number').notNull(),
    reportedOn: day('reported_on').notNull(),
    type: text('type', { enum: REPORT_TYPES }).notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    sentAt: instant('sent_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.declarationId, table.n] })],
);

export const forerunnerReportParts = pgTable(
  'forerunner_report_parts',
  {
    roundId: text('round_id').notNull(),
    declarationId: text('declaration_id').notNull(),
    n: integer('n').notNull(),
    part: integer('part').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    content: bytes('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.declarationId, table.n, table.part] })],
);

export const forerunnerChecks = pgTable(
  'forerunner_checks',
  {
    roundId: text('round_id').notNull(),
    declarationId: text('declaration_id').notNull(),
    n: integer('n').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    document: text('document').notNull(),
    enteredBy: uuid('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull().defaultNow(),
    confirmedBy: uuid('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.declarationId, table.n] })],
);

export const forerunnerEditions = pgTable(
  'forerunner_editions',
  {
    listCode: text('list_code').notNull(),
    edition: integer('edition').notNull(),
    kind: text('kind', { enum: EDITION_KINDS }).notNull(),
    roundId: text('round_id'),
    category: text('category').notNull(),
    bodyId: uuid('body_id').notNull(),
    document: text('document').notNull(),
    documentSha256: text('document_sha256').notNull(),
    validUntil: day('valid_until').notNull(),
    publisherId: uuid('publisher_id').notNull(),
    publishedBy: uuid('published_by').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.listCode, table.edition] })],
);

export const forerunnerEntries = pgTable(
  'forerunner_entries',
  {
    listCode: text('list_code').notNull(),
    edition: integer('edition').notNull(),
    declarationId: text('declaration_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    removed: boolean('removed').notNull(),
    validUntil: day('valid_until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.listCode, table.edition, table.declarationId] })],
);
