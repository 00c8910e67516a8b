import { bigint, boolean, date, interval, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { MEMBER_ROLES, ORGANISATION_KINDS } from '../../domain/access/actor.ts';
import { CREDIT_CODE_MARKS } from '../../domain/enterprises/credit-code.ts';
import { REGISTER_KINDS } from '../../domain/register.ts';
import { instant } from './columns.ts';

export const register = pgTable('register', {
  one: boolean('one').primaryKey(),
  kind: text('kind', { enum: REGISTER_KINDS }).notNull(),
  shift: interval('shift').notNull(),
  operatorTokenSha256: text('operator_token_sha256'),
  foundedAt: instant('founded_at').notNull(),
});

export const organisations = pgTable('organisations', {
  id: uuid('id').primaryKey(),
  kind: text('kind', { enum: ORGANISATION_KINDS }).notNull(),
  creditCode: text('credit_code').notNull(),
  creditCodeMark: text('credit_code_mark', { enum: [...CREDIT_CODE_MARKS, 'unconfirmed'] }).notNull(),
  name: text('name').notNull(),
  regionGrant: text('region_grant'),
  state: text('state', { enum: ['applied', 'active', 'refused', 'suspended', 'deregistered'] }).notNull(),
  invented: boolean('invented').notNull(),
  proofMethod: text('proof_method', { enum: ['licence', 'letter', 'domain', 'founding'] }).notNull(),
  proofEvidenceSha256: text('proof_evidence_sha256').notNull(),
  proofStatement: text('proof_statement').notNull(),
  appliedAt: instant('applied_at').notNull(),
  decidedAt: instant('decided_at'),
  decidedBy: uuid('decided_by'),
  decisionReason: text('decision_reason'),
});

export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  loginName: text('login_name').notNull(),
  displayName: text('display_name').notNull(),
  passwordHash: text('password_hash').notNull(),
  createdAt: instant('created_at').notNull(),
  disabledAt: instant('disabled_at'),
});

export const memberships = pgTable(
  'memberships',
  {
    organisationId: uuid('organisation_id').notNull(),
    userId: uuid('user_id').notNull(),
    role: text('role', { enum: MEMBER_ROLES }).notNull(),
    addedAt: instant('added_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
);

export const sessions = pgTable('sessions', {
  tokenSha256: text('token_sha256').primaryKey(),
  userId: uuid('user_id').notNull(),
  organisationId: uuid('organisation_id').notNull(),
  createdAt: instant('created_at').notNull(),
  seenAt: instant('seen_at').notNull(),
});

export const loginFailures = pgTable('login_failures', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  loginName: text('login_name').notNull(),
  address: text('address').notNull(),
  at: instant('at').notNull(),
});

export const apiKeys = pgTable('api_keys', {
  id: uuid('id').primaryKey(),
  organisationId: uuid('organisation_id').notNull(),
  name: text('name').notNull(),
  keySha256: text('key_sha256').notNull(),
  lastFour: text('last_four').notNull(),
  role: text('role', { enum: ['publisher', 'drafter'] }).notNull(),
  createdBy: uuid('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
});

export const accreditations = pgTable('accreditations', {
  id: uuid('id').primaryKey(),
  bodyId: uuid('body_id').notNull(),
  categoryPrefix: text('category_prefix').notNull(),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  validTo: date('valid_to', { mode: 'string' }).notNull(),
  state: text('state', { enum: ['proposed', 'approved', 'refused', 'suspended'] }).notNull(),
  proposerId: uuid('proposer_id').notNull(),
  proposedBy: uuid('proposed_by').notNull(),
  proposedAt: instant('proposed_at').notNull(),
  decidedBy: uuid('decided_by'),
  decidedAt: instant('decided_at'),
});
