import { date, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const enterpriseChanges = pgTable('enterprise_changes', {
  id: uuid('id').primaryKey(),
  enterpriseId: uuid('enterprise_id').notNull(),
  kind: text('kind', {
    enum: ['renamed', 'recoded', 'merged', 'split', 'transferred', 'deregistered'],
  }).notNull(),
  document: text('document').notNull(),
  receiverId: uuid('receiver_id'),
  declarations: text('declarations').array(),
  requestedBy: uuid('requested_by').notNull(),
  requestedAt: instant('requested_at').notNull(),
  acceptedBy: uuid('accepted_by'),
  acceptedAt: instant('accepted_at'),
  state: text('state', { enum: ['requested', 'accepted', 'confirmed', 'refused'] }).notNull(),
  decidedBy: uuid('decided_by'),
  decidedAt: instant('decided_at'),
  decisionReason: text('decision_reason'),
});

export const formerIdentities = pgTable(
  'former_identities',
  {
    organisationId: uuid('organisation_id').notNull(),
    creditCode: text('credit_code').notNull(),
    name: text('name').notNull(),
    until: instant('until').notNull(),
    changeId: uuid('change_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.until] })],
);

export const mandates = pgTable('mandates', {
  id: uuid('id').primaryKey(),
  principalId: uuid('principal_id').notNull(),
  agentId: uuid('agent_id').notNull(),
  scope: text('scope', { enum: ['draft', 'publish'] }).notNull(),
  validFrom: date('valid_from', { mode: 'string' }).notNull(),
  validTo: date('valid_to', { mode: 'string' }).notNull(),
  evidenceSha256: text('evidence_sha256').notNull(),
  grantedBy: uuid('granted_by').notNull(),
  grantedAt: instant('granted_at').notNull(),
  revokedAt: instant('revoked_at'),
});
