import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import type { DeclarationContent } from '../../src/domain/declarations/content.ts';
import { POLICY } from '../../src/domain/access/policy.ts';
import {
  correctDeclaration,
  reviseDeclaration,
  withdrawDeclaration,
} from '../../src/services/declarations/change-declaration.ts';
import { checkOnly } from '../../src/services/declarations/check-content.ts';
import { endByOrder } from '../../src/services/declarations/end-by-order.ts';
import { publishMany } from '../../src/services/declarations/publish-many.ts';
import {
  findBarcode,
  readDeclaration,
  readVersion,
  readVersions,
} from '../../src/services/declarations/read-declaration.ts';
import {
  airPurifier,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  purifierIndicators,
  sequence,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { registerState } from '../support/state.ts';
import { expectDone, expectRefused } from './acts.ts';

describe('changing what was declared', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  let other: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业', region: '3301' });
    other = await joinOrganisation(register, { kind: 'enterprise', name: '另一企业' });
  });
  afterAll(() => register?.close());
  const as = (organisation = enterprise) => contextAs(register, organisation.admin);
  const content = (number: string, change: Partial<DeclarationContent> = {}) => airPurifier({ number, ...change });
  const quieter = purifierIndicators({ cleanAir: '520', efficacy: '12.00', noise: '55.0' });

  it('DOMAIN 7.1 (1): a declaration is current at its publication; no state and no act of approval exists', async () => {
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 001-2026' });
    expect((await readDeclaration(register.database, id)).declaration.state).toBe('current');
    expect(Object.keys(POLICY).filter((action) => /declaration\.(approve|review|accept)/u.test(action))).toEqual([]);
  });

  it('DOMAIN 7.1 (4): the requirement stays visible as it is printed beside its parts', async () => {
    const indicators = content('x').indicators.map((row) => ({ ...row, raw: `不低于 ${row.value}（见 5.1）` }));
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 002-2026', indicators });
    const [first] = (await readDeclaration(register.database, id)).declaration.document.content.indicators;
    expect(first).toMatchObject({ raw: '不低于 520（见 5.1）', comparator: '≥', value: '520', unit: 'm³/h' });
  });

  it('DOMAIN 7.1 (15): a correction keeps old and new side by side, with its reason', async () => {
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 003-2026' });
    const input = { content: content('Q/CHG 003-2026', { indicators: quieter }), reason: '噪声值录入有误' };
    const receipt = await expectDone(register, () => correctDeclaration(as(), { id, revision: 1 }, input), {
      added: { declaration_versions: 1, log_pending: 1, audit_events: 1 },
      audit: 'declaration.correct',
      by: enterprise.admin,
      entry: 'declaration.corrected',
    });
    const [, corrected] = await readVersions(register.database, id);
    expect(corrected).toMatchObject({ revision: 2, event: 'corrected', documentSha256: receipt.document });
    expect(corrected?.document.act?.reason).toBe('噪声值录入有误');
    expect(corrected?.differences).toEqual([
      { at: 'indicators/噪声/raw', before: '≤ 58.0 dB(A)', after: '≤ 55.0 dB(A)' },
      { at: 'indicators/噪声/value', before: '58.0', after: '55.0' },
    ]);
    const first = await readVersion(register.database, id, 1);
    expect(sha256Hex(first.document)).toBe(first.documentSha256);
    await sequence(register);
    expect((await readDeclaration(register.database, id)).logIndex).not.toBeNull();
  });

  it('a correction that corrects nothing, or is wrong itself, is refused and changes nothing', async () => {
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 004-2026' });
    const of = { id, revision: 1 };
    const { document } = (await readDeclaration(register.database, id)).declaration;
    const same = { content: document.content, reason: '无' };
    await expectRefused(register, () => correctDeclaration(as(), of, same), 'invalid', '/content');
    const wrong = { content: content('Q/CHG 004-2026', { indicators: [] }), reason: '无' };
    await expectRefused(register, () => correctDeclaration(as(), of, wrong), 'invalid', '/content/indicators');
  });

  it('修订: a new edition under its own number names the one it replaces', async () => {
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 005-2024' });
    const of = { id, revision: 1 };
    const next = content('Q/CHG 005-2026');
    const unlinked = () => reviseDeclaration(as(), of, { content: next });
    await expectRefused(register, unlinked, 'invalid', '/content/standard/replaces');
    const sameNumber = () => reviseDeclaration(as(), of, { content: content('Q/CHG 005-2024') });
    await expectRefused(register, sameNumber, 'invalid', '/content/standard/number');
    const linked = { ...next, standard: { ...next.standard, replaces: ['Q/CHG005—2024'] } };
    const receipt = await expectDone(register, () => reviseDeclaration(as(), of, { content: linked }), {
      added: { declaration_versions: 1, log_pending: 1, audit_events: 1 },
      audit: 'declaration.revise',
      entry: 'declaration.revised',
    });
    expect(receipt).toMatchObject({ id, revision: 2, number: 'Q/CHG 005-2026' });
    expect((await readDeclaration(register.database, id)).declaration.state).toBe('current');
  });

  it('a revision to a number that another own declaration holds is refused with its name', async () => {
    const held = await declare(register, enterprise, { number: 'Q/CHG 006-2026' });
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 006-2024' });
    const next = content('Q/CHG 006-2026');
    const linked = { ...next, standard: { ...next.standard, replaces: ['Q/CHG 006-2024'] } };
    const revise = () => reviseDeclaration(as(), { id, revision: 1 }, { content: linked });
    const refusal = await expectRefused(register, revise, 'conflict', '/standard/number');
    expect(refusal.faults[0]?.remedy.zh).toContain(held.id);
  });

  it('废止: with reason and day; it stays readable, and changes no more', async () => {
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 007-2026' });
    const of = { id, revision: 1 };
    const future = () => withdrawDeclaration(as(), of, { reason: '停产', on: '2999-01-01' });
    await expectRefused(register, future, 'invalid', '/on');
    const withdraw = () => withdrawDeclaration(as(), of, { reason: '停产', on: '2026-11-01' });
    await expectDone(register, withdraw, {
      added: { declaration_versions: 1, log_pending: 1, audit_events: 1 },
      audit: 'declaration.withdraw',
      entry: 'declaration.withdrawn',
    });
    const { declaration } = await readDeclaration(register.database, id);
    expect(declaration).toMatchObject({ state: 'withdrawn', revision: 2 });
    expect(declaration.document.act).toEqual({ reason: '停产', on: '2026-11-01' });
    const after = () =>
      correctDeclaration(as(), { id, revision: 2 }, { content: content('Q/CHG 007-2026'), reason: '改' });
    await expectRefused(register, after, 'conflict', '#path/id');
    await declare(register, enterprise, { number: 'Q/CHG 007-2026' });
  });

  it('is made on the revision that was read; a newer one is never overwritten', async () => {
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 008-2026' });
    const correct = (noise: string) => () =>
      correctDeclaration(
        as(),
        { id, revision: 1 },
        {
          content: content('Q/CHG 008-2026', {
            indicators: purifierIndicators({ cleanAir: '520', efficacy: '12.00', noise }),
          }),
          reason: '改正噪声',
        },
      );
    const settled = await Promise.allSettled([correct('51')(), correct('52')()]);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expectRefused(register, correct('53'), 'stale', '#header/If-Match');
  });

  it('another enterprise’s declaration is none of one’s own', async () => {
    const { id } = await declare(register, enterprise, { number: 'Q/CHG 009-2026' });
    const of = { id, revision: 1 };
    await expectRefused(
      register,
      () => withdrawDeclaration(as(other), of, { reason: '恶意', on: '2026-11-01' }),
      'not-found',
    );
    await expectRefused(
      register,
      () =>
        correctDeclaration(as(other), of, {
          content: content('Q/CHG 009-2026', { indicators: quieter }),
          reason: '恶意',
        }),
      'not-found',
    );
  });

  it('DOMAIN 7.1 (13): abolition and number revocation are an authority’s of province level and above', async () => {
    const national = await joinOrganisation(register, { kind: 'regulator', name: '国家局', region: '' });
    const province = await joinOrganisation(register, { kind: 'regulator', name: '浙江局', region: '33' });
    const city = await joinOrganisation(register, { kind: 'regulator', name: '杭州局', region: '3301' });
    const elsewhere = await joinOrganisation(register, { kind: 'regulator', name: '广东局', region: '44' });
    const order = { reason: '逾期未改正', number: '浙市监标责〔2026〕1号', article: '标准化法第三十九条' } as const;
    const end = (by: TestOrganisation, of: { id: string; revision: number }, event: 'abolished' | 'number-revoked') =>
      endByOrder(contextAs(register, by.admin), of, { ...order, event });
    const first = await declare(register, enterprise, { number: 'Q/CHG 010-2026' });
    const of = { id: first.id, revision: 1 };
    for (const by of [city, elsewhere, enterprise])
      await expectRefused(register, () => end(by, of, 'abolished'), 'forbidden');
    await expectDone(register, () => end(province, of, 'abolished'), {
      added: { declaration_versions: 1, log_pending: 1, audit_events: 1 },
      audit: 'declaration.abolish',
      by: province.admin,
      entry: 'declaration.abolished',
    });
    const { declaration } = await readDeclaration(register.database, first.id);
    expect(declaration).toMatchObject({ state: 'abolished', creditCode: enterprise.creditCode });
    expect(declaration.document.act?.order).toEqual({
      authority: '浙江局',
      number: order.number,
      article: order.article,
    });
    const second = await declare(register, enterprise, { number: 'Q/CHG 011-2026' });
    const revoked = await end(national, { id: second.id, revision: 1 }, 'number-revoked');
    expect(revoked.enterprise.code).toBe(enterprise.creditCode);
    expect((await readDeclaration(register.database, second.id)).declaration.state).toBe('number-revoked');
  });
});

describe('declaring by other doors', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
  });
  afterAll(() => register?.close());
  const as = () => contextAs(register, enterprise.admin);

  it('checking says what publishing would answer, and stores nothing', async () => {
    await declare(register, enterprise, { number: 'Q/DOOR 001-2026' });
    const before = await registerState(register.ownerUrl);
    expect(await checkOnly(as(), airPurifier({ number: 'Q/DOOR 002-2026' }))).toEqual({
      publishable: true,
      findings: [],
    });
    const taken = await checkOnly(as(), airPurifier({ number: 'Q/DOOR 001—2026', category: 'C9999.nothing' }));
    expect(taken.publishable).toBe(false);
    expect(taken.findings.map(({ code }) => code)).toEqual(['category.unknown', 'standard-number.taken']);
    expect(await registerState(register.ownerUrl)).toEqual(before);
  });

  it('of many at once each stands or falls by itself, in the order sent', async () => {
    await declare(register, enterprise, { number: 'Q/DOOR 010-2026' });
    const sent = [
      'Q/DOOR 011-2026',
      'Q/DOOR 010-2026',
      'Q/DOOR 012',
      'Q/DOOR 013-2026',
      'Q/DOOR 013-2026',
      'GB/T 18801-2022',
    ];
    const outcomes = await publishMany(
      as(),
      sent.map((number) => airPurifier({ number })),
    );
    const said = outcomes.map((one) => ('receipt' in one ? one.receipt.number : one.findings.map(({ code }) => code)));
    expect(said).toEqual([
      'Q/DOOR 011-2026',
      ['standard-number.taken'],
      ['standard-number.year'],
      'Q/DOOR 013-2026',
      ['standard-number.taken'],
      'GB/T 18801-2022',
    ]);
    for (const one of outcomes) {
      if (!('receipt' in one)) continue;
      const version = await readVersion(register.database, one.receipt.id, 1);
      expect(sha256Hex(version.document)).toBe(one.receipt.document);
    }
  });

  it('a product is found by its barcode in any of its printed lengths', async () => {
    const products = [{ name: '空气净化器', models: ['A1'], barcodes: ['6901234567892'] }];
    const { id } = await declare(register, enterprise, { number: 'Q/DOOR 020-2026', products });
    for (const typed of ['6901234567892', '06901234567892', '690-1234-567892'])
      expect((await findBarcode(register.database, typed)).map((one) => one.id)).toEqual([id]);
    expect(await findBarcode(register.database, '96385074')).toEqual([]);
    await expectRefused(register, () => findBarcode(register.database, '6901234567890'), 'invalid', '#path/gtin');
  });
});
