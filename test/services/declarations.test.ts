import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { createDraft, discardDraft, listDrafts, readDraft, saveDraft } from '../../src/services/declarations/drafts.ts';
import { publishDeclaration } from '../../src/services/declarations/publish-declaration.ts';
import {
  readDeclaration,
  readEnterprise,
  readVersion,
  search,
} from '../../src/services/declarations/read-declaration.ts';
import {
  addPerson,
  airPurifier,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  sequence,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { expectDone, expectRefused } from './acts.ts';

describe('declaring', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  let other: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
    other = await joinOrganisation(register, { kind: 'enterprise', name: '另一企业' });
  });
  afterAll(() => register?.close());
  const as = (organisation = enterprise) => contextAs(register, organisation.admin);

  it('is public at once, with a receipt of the logged bytes', async () => {
    const receipt = await expectDone(register, () => declare(register, enterprise, { number: 'Q/DECL 001-2026' }), {
      added: { declarations: 1, declaration_versions: 1, log_pending: 1, audit_events: 1 },
      audit: 'declaration.publish',
      by: enterprise.admin,
      entry: 'declaration.published',
    });
    expect((await readDeclaration(register.database, receipt.id)).logIndex).toBeNull();
    await sequence(register);
    const { declaration, logIndex } = await readDeclaration(register.database, receipt.id);
    expect([declaration.documentSha256, typeof logIndex]).toEqual([receipt.document, 'number']);
    const version = await readVersion(register.database, receipt.id, 1);
    expect(sha256Hex(version.document)).toBe(receipt.document);
    expect(await search(register.database, 'decl 001', 5)).toHaveLength(1);
  });

  it('refuses a number declared before, and names the declaration that has it', async () => {
    const first = await declare(register, enterprise, { number: 'Q/DECL 002-2026' });
    const again = () => declare(register, enterprise, { number: 'q/decl 002—2026' });
    const refusal = await expectRefused(register, again, 'conflict', '/standard/number');
    expect(refusal.faults[0]?.remedy.en).toContain(first.id);
    await declare(register, other, { number: 'Q/DECL 002-2026' });
  });

  it('lets an executed standard be declared for several products', async () => {
    await declare(register, enterprise, { number: 'GB/T 18801-2022' });
    await declare(register, enterprise, { number: 'GB/T 18801-2022' });
  });

  it('refuses a category of no list, and every fault of a wrong one at once', async () => {
    const unknown = () => declare(register, enterprise, { number: 'Q/DECL 003-2026', category: 'C9999.nothing' });
    await expectRefused(register, unknown, 'invalid', '/category');
    const wrong = airPurifier({ number: 'Q/DECL', category: 'C9999.nothing' });
    const [first, ...rest] = wrong.indicators;
    if (!first) throw new Error('no indicators');
    const indicators = [{ ...first, unit: 'furlong' }, ...rest];
    const refusal = await expectRefused(register, () => publishDeclaration(as(), { ...wrong, indicators }), 'invalid');
    expect(refusal.faults.map(({ at }) => at)).toEqual(['/standard/number', '/indicators/0/unit']);
  });

  it('is refused to drafters and to other kinds of organisations', async () => {
    const drafter = await addPerson(register, enterprise, 'drafter');
    const content = airPurifier({ number: 'Q/DECL 004-2026' });
    await expectRefused(register, () => publishDeclaration(contextAs(register, drafter.actor), content), 'forbidden');
    await expectRefused(register, () => publishDeclaration(as(register.operator), content), 'forbidden');
    await expectRefused(register, () => publishDeclaration(contextAs(register), content), 'unauthenticated');
  });

  it('of one number by two people at once makes one declaration', async () => {
    const settled = await Promise.allSettled(
      [1, 2].map(() => declare(register, enterprise, { number: 'Q/DECL 005-2026' })),
    );
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('keeps drafts for their enterprise alone, each save over the revision that was read', async () => {
    const told = { added: { declaration_drafts: 1, audit_events: 1 }, audit: 'draft.save', by: enterprise.admin };
    const draft = await expectDone(register, () => createDraft(as(), { a: 1 }), told);
    const saved = await expectDone(register, () => saveDraft(as(), draft.id, 1, { a: 2 }), {
      ...told,
      added: { audit_events: 1 },
    });
    expect(saved.revision).toBe(2);
    const stale = await expectRefused(
      register,
      () => saveDraft(as(), draft.id, 1, { a: 3 }),
      'stale',
      '#header/If-Match',
    );
    expect(stale.faults[0]?.expected.en).toContain('2');
    expect((await readDraft(as(), draft.id)).content).toEqual({ a: 2 });
    for (const act of [
      () => readDraft(as(other), draft.id),
      () => saveDraft(as(other), draft.id, 2, {}),
      () => discardDraft(as(other), draft.id, 2),
    ])
      await expectRefused(register, act, 'not-found', '#path/id');
    expect(await listDrafts(as(other))).toEqual([]);
    await expectRefused(register, () => discardDraft(as(), draft.id, 1), 'stale');
    await expectDone(register, () => discardDraft(as(), draft.id, 2), {
      added: { declaration_drafts: -1, audit_events: 1 },
      audit: 'draft.discard',
    });
    await expectRefused(register, () => readDraft(as(), draft.id), 'not-found');
  });

  it('of two saves of one revision at once keeps one and refuses the other', async () => {
    const draft = await createDraft(as(), {});
    const saves = await Promise.allSettled([1, 2].map((a) => saveDraft(as(), draft.id, 1, { a })));
    expect(saves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await readDraft(as(), draft.id)).revision).toBe(2);
  });

  it('shows an enterprise by pages, and nothing of one that has not joined', async () => {
    const page = await readEnterprise(register.database, enterprise.creditCode, undefined, 2);
    const next = await readEnterprise(register.database, enterprise.creditCode, page.declarations.at(-1)?.id, 2);
    expect(new Set([...page.declarations, ...next.declarations].map(({ id }) => id)).size).toBe(4);
    await expectRefused(
      register,
      () => readEnterprise(register.database, register.operator.creditCode, undefined, 2),
      'not-found',
    );
  });
});
