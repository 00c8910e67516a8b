import { randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../../domain/bytes.ts';
import { parseCreditCode } from '../../domain/enterprises/credit-code.ts';
import { fault, text } from '../../domain/fault.ts';
import { recordAudit } from '../../store/audit.ts';
import { lockName } from '../../store/database.ts';
import { insertMembership, insertOrganisation, insertUser } from '../../store/organisations.ts';
import { readRegister } from '../../store/register.ts';
import { checkPassword, hashPassword } from '../access/passwords.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';
import { joined, Person } from './apply-to-join.ts';

export const OperatorFounding = z
  .strictObject({
    token: z.string().min(1).max(200),
    creditCode: z.string().max(60),
    name: z.string().trim().min(2).max(200),
    admin: Person,
  })
  .meta({ id: 'OperatorFounding' });

/** Makes the first operator with the one-time token of the first start; works once. */
export async function foundOperator(context: ServiceContext, input: z.infer<typeof OperatorFounding>) {
  authorise(context, 'operator.found');
  const code = parseCreditCode(input.creditCode, { at: '/creditCode' });
  const faults = [...(code.ok ? [] : [code.problem]), ...checkPassword(input.admin.password, '/admin/password')];
  if (!code.ok || faults.length > 0) throw invalid(faults);
  const { operatorTokenSha256 } = await readRegister(context.database);
  if (operatorTokenSha256 === null || !sameHash(operatorTokenSha256, sha256Hex(input.token))) throw wrongToken();
  const passwordHash = await hashPassword(input.admin.password);
  const [id, userId] = [randomUUID(), randomUUID()];
  return transact(
    context,
    async (tx) => {
      // The lock makes two uses of the token at once one after the other; the second then finds the first operator.
      await lockName(tx, 'operator.found');
      const { rows } = await tx.client.query(`select from organisations where kind = 'operator'`);
      if (rows.length > 0) throw alreadyFounded();
      await insertOrganisation(tx, {
        id,
        kind: 'operator',
        creditCode: code.value.code,
        creditCodeMark: code.value.mark,
        name: input.name,
        regionGrant: null,
        state: 'active',
        invented: false,
        proofMethod: 'founding',
        proofEvidenceSha256: operatorTokenSha256,
        proofStatement: 'one-time token of the first start',
        appliedAt: tx.now,
        decidedAt: tx.now,
        decidedBy: userId,
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
        actor: `user:${userId}`,
        action: 'operator.found',
        subject: code.value.code,
        detail: {},
        requestId: context.requestId,
      });
      return { creditCode: code.value.code };
    },
    {
      acting: { organisationId: id, owner: 'operator' },
      explain: (error) => joined(error, code.value.code, input.admin.loginName),
    },
  );
}

function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function wrongToken(): Refusal {
  return new Refusal('forbidden', text('一次性口令不对', 'wrong one-time token'), [
    fault(
      '/token',
      'token.wrong',
      null,
      text('首次启动时给出的一次性口令', 'the one-time token given at the first start'),
      text(
        '请查看启动时的终端，或日志所指的文件',
        'see the terminal of the first start, or the file that the log names',
      ),
    ),
  ]);
}

function alreadyFounded(): Refusal {
  return conflict(
    text('平台运营者已存在', 'there is an operator already'),
    '/token',
    null,
    text('尚无运营者的平台', 'a register without an operator'),
    text('请由运营者的管理员添加成员', 'ask an admin of the operator to add you'),
  );
}
