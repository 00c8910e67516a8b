import type { Database } from '../src/store/database.ts';
import { shiftRegister } from '../src/store/register.ts';
import { type Client, type Credential, until } from './api.ts';

/** Half an hour between plan and dice, and a minute to spare. */
const SHIFT_SECONDS = 32 * 60;
const DICE = '27182818284590452353';
const VERDICTS = [
  { verdict: 'conforming', codes: [] },
  { verdict: 'conforming-with-flaws', codes: ['NAME_IRREGULAR'] },
  { verdict: 'conforming', codes: [] },
  { verdict: 'nonconforming', codes: ['METHOD_NOT_STANDARD'] },
  { verdict: 'not-verifiable', codes: ['UNREACHABLE'] },
] as const;

/** One draw from plan to published findings. Its dice digits are those of e, and the findings are invented. */
export async function runDraw(
  api: Client,
  database: Database,
  id: string,
  regulator: Credential,
  second: Credential,
): Promise<void> {
  await api.post('/draws', regulator, {
    id,
    title: '2026 年第 1 批企业标准监督抽查（演示）',
    batch: '2026-1',
    frame: { categoryPrefix: '', regionPrefix: '', stratify: 'category' },
    sample: 12,
    minimum: 2,
    roster: ['insp-01', 'insp-02', 'insp-03', 'insp-04', 'insp-05', 'insp-06'].map((inspector) => ({
      inspector,
      strata: '*',
    })),
    entropy: 'dice 20',
    entropyNote: '演示：不是真骰子 demonstration: no real dice',
  });
  await until(
    () => api.get<{ logged: { plan: number | null } }>(`/draws/${id}`),
    ({ logged }) => logged.plan !== null,
    'the plan in the log',
  );
  await shiftRegister(database, SHIFT_SECONDS);
  await api.post(`/draws/${id}/seed`, regulator, { entropy: `dice ${DICE}`, note: '演示 demonstration' });
  const drawn = await until(
    () => api.get<{ state: string; objects: { object: string }[] }>(`/draws/${id}`),
    ({ state }) => state === 'drawn',
    'the result of the draw',
  );
  for (const [i, { object }] of drawn.objects.entries()) {
    const finding = VERDICTS[i % VERDICTS.length] ?? VERDICTS[0];
    const entered = await api.post<{ id: string }>(`/draws/${id}/findings`, regulator, {
      object,
      ...finding,
      note: '演示数据，并非真实检查结果 demonstration, not a real finding',
    });
    await api.post(`/findings/${entered.id}/confirmation`, second);
    await api.post(`/findings/${entered.id}/publication`, regulator);
  }
}
