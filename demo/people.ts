import { sha256Hex } from '../src/domain/bytes.ts';
import type { Client, Credential } from './api.ts';
import { inventedCreditCode } from './codes.ts';

/** The password of every demonstration account; a real register has no default account. */
export const DEMO_PASSWORD = 'lingpao-demo-2026';

export const ACCOUNTS = {
  operator: { login: 'demo-operator', zh: '平台运营者（演示）', kind: 'operator', code: inventedCreditCode(1) },
  coordinating: {
    login: 'demo-coordinating',
    zh: '工作机构（演示）',
    kind: 'coordinating-body',
    code: inventedCreditCode(2, '12'),
  },
  regulator: {
    login: 'demo-regulator',
    zh: '国家监管部门（演示）',
    kind: 'regulator',
    code: inventedCreditCode(3, '11'),
  },
  body: { login: 'demo-body', zh: '示例评估机构（演示）', kind: 'assessment-body', code: inventedCreditCode(4, '12') },
} as const;

/** The second person of the regulator, who confirms findings. */
export const SECOND_REGULATOR = 'demo-regulator-2';
/** The second person of the body, who brings its schemes into force. */
export const SECOND_BODY = 'demo-body-2';

function admin(login: string) {
  return { loginName: login, displayName: login, password: DEMO_PASSWORD };
}

/** Founds the operator and lets the body, the coordinating body and the regulator join; accredits the body. */
export async function bringPeople(
  api: Client,
  operatorToken: string,
): Promise<Record<keyof typeof ACCOUNTS | 'regulator2' | 'body2', Credential>> {
  await api.post('/operator', null, {
    token: operatorToken,
    creditCode: ACCOUNTS.operator.code,
    name: ACCOUNTS.operator.zh,
    admin: admin(ACCOUNTS.operator.login),
  });
  const operator = await api.logIn(ACCOUNTS.operator.login, DEMO_PASSWORD);
  for (const { login, zh, kind, code } of [ACCOUNTS.coordinating, ACCOUNTS.regulator, ACCOUNTS.body]) {
    await join(api, operator, { code, name: zh, kind, login });
  }
  const [coordinating, regulator, body] = await Promise.all(
    [ACCOUNTS.coordinating, ACCOUNTS.regulator, ACCOUNTS.body].map(({ login }) => api.logIn(login, DEMO_PASSWORD)),
  );
  if (!coordinating || !regulator || !body) throw new Error('nobody could log in');
  const proposal = await api.post<{ id: string }>('/accreditations', coordinating, {
    body: ACCOUNTS.body.code,
    categoryPrefix: 'C3',
    validFrom: '2026-01-01',
    validTo: '2030-12-31',
  });
  await api.post(`/accreditations/${proposal.id}/decision`, regulator, { decision: 'approve' });
  await api.post('/members', regulator, { ...admin(SECOND_REGULATOR), role: 'publisher' });
  const regulator2 = await api.logIn(SECOND_REGULATOR, DEMO_PASSWORD);
  await api.post('/members', body, { ...admin(SECOND_BODY), role: 'publisher' });
  const body2 = await api.logIn(SECOND_BODY, DEMO_PASSWORD);
  return { operator, coordinating, regulator, body, regulator2, body2 };
}

/** One organisation joins: it applies with a proof, and the operator confirms it. */
export async function join(
  api: Client,
  operator: Credential,
  given: { readonly code: string; readonly name: string; readonly kind: string; readonly login: string },
): Promise<void> {
  await api.post('/organisations', null, {
    creditCode: given.code,
    name: given.name,
    kind: given.kind,
    invented: true,
    ...(given.kind === 'regulator' ? { region: '' } : {}),
    proof: {
      method: 'letter',
      evidenceSha256: sha256Hex(`demonstration ${given.name}`),
      statement: '演示用，无真实证明 demonstration only',
    },
    admin: admin(given.login),
  });
  await api.post(`/organisations/${given.code}/decision`, operator, {
    decision: 'confirm',
    reason: '演示 demonstration',
  });
}
