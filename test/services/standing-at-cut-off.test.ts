import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import type { EnterpriseChange } from '../../src/domain/enterprises/change.ts';
import { compareAtCutOff } from '../../src/services/comparisons/compare-at-cut-off.ts';
import type { ReadingWay } from '../../src/services/comparisons/read-category.ts';
import { correctDeclaration, reviseDeclaration } from '../../src/services/declarations/change-declaration.ts';
import { acceptEnterpriseChange, requestEnterpriseChange } from '../../src/services/organisations/change-enterprise.ts';
import { decideEnterpriseChange } from '../../src/services/organisations/decide-enterprise-change.ts';
import { NOBODY, transaction } from '../../src/store/database.ts';
import { readFrame } from '../../src/store/cut-off.ts';
import {
  airPurifier,
  contextAs,
  declare,
  joinOrganisation,
  sequence,
  type TestOrganisation,
} from '../support/builders.ts';
import { askForRun, type ComparableRegister, openComparableRegister, runOf } from '../support/runs.ts';

const CATEGORY = 'C3464.air-purifier';
const ELSEWHERE = 'C3464.heat-pump';

describe('a declaration stands once in a comparison, where its newest version says', () => {
  let register: ComparableRegister;
  let enterprise: TestOrganisation;
  let other: TestOrganisation;
  beforeAll(async () => {
    register = await openComparableRegister(0);
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '前一企业' });
    other = await joinOrganisation(register, { kind: 'enterprise', name: '后一企业' });
  });
  afterAll(() => register?.close());
  const as = (organisation: TestOrganisation) => contextAs(register, organisation.admin);

  /** Where each declaration stands, by both ways of reading; they must agree to the byte. */
  async function standing(run: string): Promise<Record<string, number>> {
    const by = async (way: ReadingWay) =>
      compareAtCutOff(register.database, await runOf(register, run), undefined, way);
    const [documents, packed] = [await by('documents'), await by('packed')];
    expect(JSON.stringify(packed.list)).toBe(JSON.stringify(documents.list));
    const { entries, excluded } = documents.list;
    const rows = [...entries, ...excluded].map(({ declaration, revision }) => [declaration, revision] as const);
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
    return Object.fromEntries(rows);
  }

  const frame = (categoryPrefix: string, logSize: number) =>
    transaction(register.database, NOBODY, async ({ client }) => {
      const units = await readFrame(client, { categoryPrefix, regionPrefix: '', logSize });
      return units.map(({ id }) => id).sort();
    });

  it('after a revision under another number, a hand-over and a move to another category', async () => {
    const revised = await declare(register, enterprise, { number: 'Q/ONE 001-2024' });
    const handed = await declare(register, enterprise, { number: 'Q/ONE 002-2026' });
    const moved = await declare(register, enterprise, { number: 'Q/ONE 003-2026' });
    const arrives = await declare(register, enterprise, { number: 'Q/ONE 004-2026', category: ELSEWHERE });
    await sequence(register);
    const earlier = await askForRun(register);
    const before = {
      [revised.id]: 1,
      [handed.id]: 1,
      [moved.id]: 1,
    };
    expect(await standing(earlier)).toEqual(before);

    const next = airPurifier({ number: 'Q/ONE 001-2026' });
    const content = { ...next, standard: { ...next.standard, replaces: ['Q/ONE 001-2024'] } };
    await reviseDeclaration(as(enterprise), { id: revised.id, revision: 1 }, { content });
    const change: EnterpriseChange['change'] = { kind: 'transferred', to: other.creditCode, declarations: [handed.id] };
    const asked = { change, effectiveOn: '2026-11-01', evidenceSha256: sha256Hex('通知书'), statement: '转让协议' };
    const { id } = await requestEnterpriseChange(as(enterprise), asked);
    await acceptEnterpriseChange(as(other), id);
    await decideEnterpriseChange(as(register.operator), id, { decision: 'confirm', reason: '已核对' });
    const correct = (of: string, number: string, category: string) =>
      correctDeclaration(
        as(enterprise),
        { id: of, revision: 1 },
        { content: airPurifier({ number, category }), reason: '类别有误' },
      );
    await correct(moved.id, 'Q/ONE 003-2026', ELSEWHERE);
    await correct(arrives.id, 'Q/ONE 004-2026', CATEGORY);
    await sequence(register);

    const later = await askForRun(register);
    expect(await standing(later)).toEqual({
      [revised.id]: 2,
      [handed.id]: 2,
      [arrives.id]: 2,
    });
    // The cut-off decides, not today.
    expect(await standing(earlier)).toEqual(before);
    const [{ logSize: first }, { logSize: second }] = [await runOf(register, earlier), await runOf(register, later)];
    expect(await frame(ELSEWHERE, first)).toEqual([arrives.id]);
    expect(await frame(ELSEWHERE, second)).toEqual([moved.id]);
    expect(await frame(CATEGORY, second)).toEqual([revised.id, handed.id, arrives.id].sort());
  });
});
