import type { Transaction } from './database.ts';
import { auditEvents } from './schema/log.ts';

export interface AuditEvent {
  readonly organisationId: string | null;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
}

/** Writes to the append-only trail, in the transaction of the act itself. */
export async function recordAudit(tx: Transaction, event: AuditEvent): Promise<void> {
  await tx.db.insert(auditEvents).values({ ...event, at: tx.now });
}
