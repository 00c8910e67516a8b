import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../../domain/bytes.ts';
import { parseCreditCode } from '../../domain/enterprises/credit-code.ts';
import { text } from '../../domain/fault.ts';
import { conflictingConstraint } from '../../store/errors.ts';
import { insertMembership, insertOrganisation, insertUser } from '../../store/organisations.ts';
import { hashPassword, checkPassword } from '../access/passwords.ts';
import { recordAudit } from '../../store/audit.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid } from '../refusal.ts';
import { transact } from '../transact.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/u);

export const Person = z
  .strictObject({
    loginName: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9][a-z0-9._@-]{2,99}$/u),
    displayName: z.string().trim().min(1).max(100),
    password: z.string().max(512),
  })
  .meta({ id: 'Person' });

export const Application = z
  .strictObject({
    creditCode: z.string().max(60),
    name: z.string().trim().min(2).max(200),
    kind: z.enum(['enterprise', 'assessment-body', 'coordinating-body', 'regulator']),
    /** Of a regulator: prefix of its administrative division, '' for national. */
    region: z
      .string()
      .regex(/^\d{0,6}$/u)
      .optional(),
    /** The name is invented for a demonstration; it is marked wherever it shows. */
    invented: z.boolean().default(false),
    proof: z.strictObject({
      method: z.enum(['licence', 'letter', 'domain']),
      /** SHA-256 of the file or record that proves control of the organisation. */
      evidenceSha256: hash,
      statement: z.string().trim().min(1).max(1000),
    }),
    admin: Person,
  })
  .meta({ id: 'OrganisationApplication' });
export type Application = z.infer<typeof Application>;

export interface Applied {
  readonly creditCode: string;
  readonly state: 'applied';
  /** False when a check character fails: the operator has to confirm the code on evidence. */
  readonly creditCodeRegular: boolean;
  /** False when the region digits are of no province of today; only a warning. */
  readonly regionKnown: boolean;
}

/** Asks to join with a proof of control and a first admin; nothing can be done before the operator confirmed the proof. */
export async function applyToJoin(context: ServiceContext, input: Application): Promise<Applied> {
  authorise(context, 'organisation.apply');
  const strict = parseCreditCode(input.creditCode, { at: '/creditCode' });
  const code = strict.ok ? strict : parseCreditCode(input.creditCode, { at: '/creditCode', confirmed: true });
  const faults = [...(code.ok ? [] : [code.problem]), ...checkPassword(input.admin.password, '/admin/password')];
  if (!code.ok || faults.length > 0) throw invalid(faults);
  const passwordHash = await hashPassword(input.admin.password);
  const [id, userId] = [randomUUID(), randomUUID()];
  const owner = `public:${sha256Hex(input.admin.loginName)}`;
  return transact(
    context,
    async (tx) => {
      await insertOrganisation(tx, {
        id,
        kind: input.kind,
        creditCode: code.value.code,
        creditCodeMark: strict.ok ? strict.value.mark : 'unconfirmed',
        name: input.name,
        regionGrant: input.kind === 'regulator' ? (input.region ?? '') : null,
        state: 'applied',
        invented: input.invented,
        proofMethod: input.proof.method,
        proofEvidenceSha256: input.proof.evidenceSha256,
        proofStatement: input.proof.statement,
        appliedAt: tx.now,
      });
      await insertUser(tx, {
        id: userId,
        loginName: input.admin.loginName,
        displayName: input.admin.displayName,
        passwordHash,
      });
      await insertMembership(tx, { organisationId: id, userId, role: 'admin' });
      await recordAudit(tx, {
        organisationId: id,
        actor: 'public',
        action: 'organisation.apply',
        subject: code.value.code,
        detail: { kind: input.kind, proof: input.proof.method },
        requestId: context.requestId,
      });
      return {
        creditCode: code.value.code,
        state: 'applied',
        creditCodeRegular: strict.ok,
        regionKnown: code.value.regionKnown,
      };
    },
    {
      acting: { organisationId: id, owner },
      explain: (error) => joined(error, code.value.code, input.admin.loginName),
    },
  );
}

/** The same organisation or login name twice, told apart by the constraint that was met. */
export function joined(error: unknown, creditCode: string, loginName: string): unknown {
  const constraint = conflictingConstraint(error);
  if (constraint === 'organisations_credit_code_key') {
    return conflict(
      text('该组织已申请或已加入', 'this organisation has applied or joined already'),
      '/creditCode',
      creditCode,
      text('尚未加入的组织', 'an organisation that has not joined'),
      text(
        '请联系本组织的管理员添加您，或联系平台运营者',
        'ask an admin of the organisation to add you, or the operator',
      ),
    );
  }
  if (constraint === 'users_login_name_key') {
    return conflict(
      text('该用户名已被使用', 'this login name is taken'),
      '/admin/loginName',
      loginName,
      text('未被使用的用户名', 'a name not in use'),
      text('请换一个用户名', 'choose another name'),
    );
  }
  return error;
}
