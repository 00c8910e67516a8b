import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type ActingOrganisation, type Actor, MEMBER_ROLES, ORGANISATION_KINDS } from '../../domain/access/actor.ts';
import { sha256Hex } from '../../domain/bytes.ts';
import { fault, text } from '../../domain/fault.ts';
import { isWellFormedApiKey } from '../../domain/access/api-key.ts';
import { NOBODY, type Database, transaction } from '../../store/database.ts';
import { mandatesOf } from '../../store/enterprise-life.ts';
import { findOrganisations, findUserByLogin, membershipsOf } from '../../store/organisations.ts';
import {
  countLoginFailures,
  deleteSession,
  findKeyActor,
  findSessionActor,
  insertSession,
  recordLoginFailure,
} from '../../store/sessions.ts';
import { notFound, Refusal } from '../refusal.ts';
import { knownActor } from './known-keys.ts';
import { verifyPassword } from './passwords.ts';

export const LogIn = z
  .strictObject({
    loginName: z.string().trim().toLowerCase().min(1).max(100),
    password: z.string().min(1).max(512),
    /** Credit code of the organisation to act for; needed only by people of several, and by agents. */
    organisation: z.string().max(18).optional(),
  })
  .meta({ id: 'LogIn' });

const FAILURES_BEFORE_LOCK = 5;

export interface OpenedSession {
  /** The secret of the cookie; the database keeps only its SHA-256. */
  readonly token: string;
  readonly displayName: string;
  readonly organisation: { readonly creditCode: string; readonly name: string };
}

/** Opens a session with name and password; five failures lock the account for its address for 15 minutes. */
export async function logIn(database: Database, address: string, input: z.infer<typeof LogIn>): Promise<OpenedSession> {
  const failures = await transaction(database, NOBODY, (tx) => countLoginFailures(tx, input.loginName, address));
  if (failures >= FAILURES_BEFORE_LOCK) throw locked();
  const user = await transaction(database, NOBODY, (tx) => findUserByLogin(tx.db, input.loginName));
  const right = await verifyPassword(user && !user.disabledAt ? user.passwordHash : null, input.password);
  if (!user || !right) {
    await transaction(database, NOBODY, (tx) => recordLoginFailure(tx, input.loginName, address));
    throw wrongCredentials();
  }
  return transaction(database, NOBODY, async (tx) => {
    const memberships = [...(await membershipsOf(tx.db, user.id)), ...(await mandatesOf(tx.db, user.id))];
    const ids = memberships.map(({ organisation_id }) => organisation_id);
    const found = await findOrganisations(tx.db, ids);
    const organisations = ids.flatMap((id) => found.get(id) ?? []);
    const organisation = input.organisation
      ? organisations.find((one) => one.creditCode === input.organisation)
      : organisations[0];
    if (!organisation)
      throw notFound(
        text('组织（或其加入尚未确认）', 'organisation, or it is not confirmed yet'),
        '/organisation',
        input.organisation ?? '',
      );
    const token = randomBytes(32).toString('base64url');
    await insertSession(tx, { tokenSha256: sha256Hex(token), userId: user.id, organisationId: organisation.id });
    return {
      token,
      displayName: user.displayName,
      organisation: { creditCode: organisation.creditCode, name: organisation.name },
    };
  });
}

export async function logOut(database: Database, token: string): Promise<void> {
  await transaction(database, NOBODY, (tx) => deleteSession(tx, sha256Hex(token)));
}

/** Who a session cookie stands for, or null. */
export async function sessionActor(database: Database, token: string): Promise<Actor | null> {
  const found = await findSessionActor(database, sha256Hex(token));
  if (!found) return null;
  return {
    kind: 'member',
    userId: found.user_id,
    displayName: found.display_name,
    role: z.enum(MEMBER_ROLES).parse(found.role),
    organisation: actingOrganisation(found),
    mandateId: found.mandate_id,
  };
}

/** Who an API key stands for; its checksum is checked before anything is looked up. */
export async function keyActor(database: Database, key: string): Promise<Actor | null> {
  if (!isWellFormedApiKey(key)) return null;
  const sha256 = sha256Hex(key);
  return knownActor(database, sha256, () => findActor(database, sha256));
}

async function findActor(database: Database, keySha256: string): Promise<Actor | null> {
  const found = await findKeyActor(database, keySha256);
  if (!found) return null;
  return {
    kind: 'key',
    keyId: found.id,
    userId: found.created_by,
    role: z.enum(MEMBER_ROLES).parse(found.role),
    organisation: actingOrganisation(found),
  };
}

function actingOrganisation(found: {
  readonly organisation_id: string;
  readonly kind: string;
  readonly credit_code: string;
  readonly name: string;
  readonly region_grant: string | null;
}): ActingOrganisation {
  return {
    id: found.organisation_id,
    kind: z.enum(ORGANISATION_KINDS).parse(found.kind),
    creditCode: found.credit_code,
    name: found.name,
    regionGrant: found.region_grant,
  };
}

function wrongCredentials(): Refusal {
  return new Refusal('unauthenticated', text('用户名或密码不对', 'wrong name or password'), [
    fault(
      '/password',
      'credentials.wrong',
      null,
      text('正确的用户名和密码', 'the right name and password'),
      text(
        '请核对后重试；连续 5 次不对将锁定 15 分钟',
        'check and try again; five failures lock the account for 15 minutes',
      ),
    ),
  ]);
}

function locked(): Refusal {
  return new Refusal(
    'too-many',
    text('失败次数过多，已锁定 15 分钟', 'too many failures; locked for 15 minutes'),
    [
      fault(
        '/loginName',
        'login.locked',
        null,
        text(
          `15 分钟内少于 ${FAILURES_BEFORE_LOCK} 次失败`,
          `fewer than ${FAILURES_BEFORE_LOCK} failures in 15 minutes`,
        ),
        text(
          '请 15 分钟后再试；忘记密码请找本组织管理员',
          'try again in 15 minutes; an admin of the organisation can help',
        ),
      ),
    ],
    900,
  );
}
