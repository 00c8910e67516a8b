import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { MEMBER_ROLES } from '../../domain/access/actor.ts';
import { SIGNER_CAPACITIES } from '../../domain/declarations/commitment.ts';
import type { Fault, Text } from '../../domain/fault.ts';
import { IMPORT_SEVERITIES } from '../../domain/imports/sheet.ts';
import { IMPORT_STATES, ROW_VERDICTS } from '../../domain/imports/states.ts';
import { bytes, instant } from './columns.ts';

export const imports = pgTable('imports', {
  id: text('id').primaryKey(),
  organisationId: uuid('organisation_id').notNull(),
  format: text('format', { enum: ['csv', 'jsonl', 'xlsx'] }).notNull(),
  encoding: text('encoding', { enum: ['utf-8', 'gb18030', 'utf-16le'] }).notNull(),
  fileName: text('file_name').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull(),
  lines: bigint('lines', { mode: 'number' }).notNull(),
  sha256: text('sha256'),
  identity: text('identity'),
  category: text('category'),
  signer: text('signer'),
  capacity: text('capacity', { enum: SIGNER_CAPACITIES }),
  state: text('state', { enum: IMPORT_STATES }).notNull(),
  sentBy: uuid('sent_by').notNull(),
  sentKey: uuid('sent_key'),
  sentMandate: uuid('sent_mandate'),
  sentRole: text('sent_role', { enum: MEMBER_ROLES }).notNull(),
  sentAt: instant('sent_at').notNull(),
  checkedThrough: integer('checked_through').notNull(),
  good: integer('good').notNull(),
  warned: integer('warned').notNull(),
  bad: integer('bad').notNull(),
  already: integer('already').notNull(),
  faults: integer('faults').notNull(),
  checkedAt: instant('checked_at'),
  refusal: jsonb('refusal').$type<readonly Fault[]>(),
  decision: integer('decision').notNull(),
  decidedBy: uuid('decided_by'),
  decidedKey: uuid('decided_key'),
  decidedMandate: uuid('decided_mandate'),
  decidedRole: text('decided_role', { enum: MEMBER_ROLES }),
  decidedAt: instant('decided_at'),
  waivedCodes: text('waived_codes').array().notNull(),
  waivedReason: text('waived_reason'),
  waivedBy: text('waived_by'),
  toImport: integer('to_import').notNull(),
  importedThrough: integer('imported_through').notNull(),
  imported: integer('imported').notNull(),
  late: integer('late').notNull(),
  finishedAt: instant('finished_at'),
});

export const importFileParts = pgTable(
  'import_file_parts',
  {
    importId: text('import_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    part: integer('part').notNull(),
    content: bytes('content').notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.part] })],
);

export const importFaults = pgTable(
  'import_faults',
  {
    importId: text('import_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    run: integer('run').notNull(),
    row: integer('row').notNull(),
    n: integer('n').notNull(),
    col: integer('col'),
    header: text('header'),
    at: text('at').notNull(),
    code: text('code').notNull(),
    severity: text('severity', { enum: IMPORT_SEVERITIES }).notNull(),
    found: text('found'),
    expected: jsonb('expected').$type<Text>().notNull(),
    remedy: jsonb('remedy').$type<Text>().notNull(),
    about: text('about'),
  },
  (table) => [primaryKey({ columns: [table.importId, table.run, table.row, table.n] })],
);

export const importRows = pgTable(
  'import_rows',
  {
    importId: text('import_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    row: integer('row').notNull(),
    verdict: text('verdict', { enum: ROW_VERDICTS }).notNull(),
    ownNumber: text('own_number'),
    contentSha256: text('content_sha256').notNull(),
    declarationId: text('declaration_id'),
  },
  (table) => [primaryKey({ columns: [table.importId, table.row] })],
);
