import { and, count, eq, gt, sql } from 'drizzle-orm';
import type { Database, Transaction } from './database.ts';
import { loginFailures, sessions } from './schema/organisations.ts';

export async function insertSession(
  tx: Transaction,
  session: { readonly tokenSha256: string; readonly userId: string; readonly organisationId: string },
): Promise<void> {
  await tx.db.insert(sessions).values({ ...session, createdAt: sql`now()`, seenAt: sql`now()` });
}

export async function deleteSession(tx: Transaction, tokenSha256: string): Promise<void> {
  await tx.db.delete(sessions).where(eq(sessions.tokenSha256, tokenSha256));
}

export async function recordLoginFailure(tx: Transaction, loginName: string, address: string): Promise<void> {
  await tx.db.insert(loginFailures).values({ loginName, address, at: sql`now()` });
}

/** Failures of one account from one address in the last 15 minutes. */
export async function countLoginFailures(tx: Transaction, loginName: string, address: string): Promise<number> {
  const rows = await tx.db
    .select({ failures: count() })
    .from(loginFailures)
    .where(
      and(
        eq(loginFailures.loginName, loginName),
        eq(loginFailures.address, address),
        gt(loginFailures.at, sql`now() - interval '15 minutes'`),
      ),
    );
  return rows[0]?.failures ?? 0;
}

interface FoundActor {
  readonly user_id: string;
  readonly display_name: string;
  readonly role: string;
  readonly organisation_id: string;
  readonly kind: string;
  readonly credit_code: string;
  readonly name: string;
  readonly region_grant: string | null;
  readonly mandate_id: string | null;
}

const ORGANISATION = 'o.kind, o.credit_code, o.name, o.region_grant';

/** Who a session cookie belongs to, or null when it is unknown, idle for 30 minutes, or 12 hours old. Touches it each minute. */
export async function findSessionActor(database: Database, tokenSha256: string): Promise<FoundActor | null> {
  const { rows } = await database.pool.query<FoundActor>({
    name: 'find-session',
    text: `with touched as (update sessions set seen_at = now()
             where token_sha256 = $1 and seen_at < now() - interval '1 minute' and seen_at > now() - interval '30 minutes')
           select s.*, ${ORGANISATION} from find_session($1) s join organisations o on o.id = s.organisation_id`,
    values: [tokenSha256],
  });
  return rows[0] ?? null;
}

/** Who an API key belongs to, or null when it is unknown, revoked or expired. */
export async function findKeyActor(
  database: Database,
  keySha256: string,
): Promise<
  | (Omit<FoundActor, 'user_id' | 'display_name' | 'mandate_id'> & { readonly id: string; readonly created_by: string })
  | null
> {
  const { rows } = await database.pool.query({
    name: 'find-api-key',
    text: `select k.*, ${ORGANISATION} from find_api_key($1) k join organisations o on o.id = k.organisation_id`,
    values: [keySha256],
  });
  return rows[0] ?? null;
}
