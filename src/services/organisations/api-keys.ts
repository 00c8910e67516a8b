import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { base62Body, formatApiKey } from '../../domain/access/api-key.ts';
import { sha256Hex } from '../../domain/bytes.ts';
import { text } from '../../domain/fault.ts';
import { lockName } from '../../store/database.ts';
import { insertApiKey, listApiKeys as list, revokeApiKey as revoke } from '../../store/organisations.ts';
import { forgetKnownKeys } from '../access/known-keys.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export const NewApiKey = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    role: z.enum(['publisher', 'drafter']),
    days: z.int().min(1).max(365).default(90),
  })
  .meta({ id: 'NewApiKey' });

const LIVE_KEYS = 2;

export interface IssuedKey {
  readonly id: string;
  /** The key itself, shown once; null when the answer is repeated. */
  readonly key: string | null;
  readonly lastFour: string;
  readonly expiresAt: string;
}

/** Makes a key of the organisation; two may live at once, so that one can replace the other. */
export async function createApiKey(context: ServiceContext, input: z.infer<typeof NewApiKey>): Promise<IssuedKey> {
  authorise(context, 'api-key.create');
  const { organisation, userId } = actingOrganisation(context);
  const key = formatApiKey(organisation.kind === 'enterprise' ? 'ent' : 'org', randomBody());
  return transact(
    context,
    async (tx) => {
      await lockName(tx, `api-keys ${organisation.id}`);
      const live = (await list(tx)).filter((one) => !one.revokedAt && one.expiresAt > new Date());
      if (live.length >= LIVE_KEYS) throw tooManyKeys(live.length);
      const id = randomUUID();
      const createdAt = new Date();
      const expiresAt = new Date(createdAt.getTime() + input.days * 86_400_000);
      const lastFour = key.slice(-4);
      await insertApiKey(tx, {
        id,
        organisationId: organisation.id,
        name: input.name,
        keySha256: sha256Hex(key),
        lastFour,
        role: input.role,
        createdBy: userId,
        createdAt,
        expiresAt,
      });
      await audit(tx, context, 'api-key.create', id, { name: input.name, role: input.role });
      return { id, key, lastFour, expiresAt: expiresAt.toISOString() };
    },
    { remember: (answer) => ({ ...answer, key: null }) },
  );
}

export async function listApiKeys(context: ServiceContext) {
  authorise(context, 'api-key.list');
  return transact(context, (tx) => list(tx));
}

/** Ends a key: in this process at once, on every node within half a second. */
export async function revokeApiKey(context: ServiceContext, id: string): Promise<{ readonly id: string }> {
  authorise(context, 'api-key.revoke');
  const revoked = await transact(context, async (tx) => {
    if (!(await revoke(tx, id))) throw notFound(text('有效密钥', 'live key'), '#path/id', id);
    await audit(tx, context, 'api-key.revoke', id);
    return { id };
  });
  forgetKnownKeys(context.database);
  return revoked;
}

/** 32 base62 characters; 48 random bytes hold enough usable ones in all but one of 10^12 cases. */
function randomBody(): string {
  for (;;) {
    const body = base62Body(randomBytes(48));
    if (body) return body;
  }
}

function tooManyKeys(live: number) {
  return conflict(
    text('有效密钥已达上限', 'as many live keys as allowed'),
    '/name',
    String(live),
    text(`至多 ${LIVE_KEYS} 个有效密钥`, `at most ${LIVE_KEYS} live keys`),
    text('请先停用一个', 'revoke one first'),
  );
}
