import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { checkOnly } from '../../src/services/declarations/check-content.ts';
import { publishMany } from '../../src/services/declarations/publish-many.ts';
import { readNotice, readText } from '../../src/services/texts/read-text.ts';
import { type UploadedText, uploadText } from '../../src/services/texts/upload-text.ts';
import { confirmWithholding, requestWithholding } from '../../src/services/texts/withhold-text.ts';
import type { Actor } from '../../src/domain/access/actor.ts';
import {
  addPerson,
  airPurifier,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { pdf } from '../support/pdf.ts';
import { naming, upload } from '../support/texts.ts';
import { expectConstraint, expectDone, expectRefused } from './acts.ts';

const PUBLIC: Actor = { kind: 'public', address: '127.0.0.1' };
const ORDER = { reason: '侵犯他人权利', article: '《中华人民共和国标准化法》第三十五条' };

describe('texts of standards', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  let other: TestOrganisation;
  let regulator: TestOrganisation;
  let elsewhere: TestOrganisation;
  let second: Actor;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '甲企业', region: '3301' });
    other = await joinOrganisation(register, { kind: 'enterprise', name: '乙企业', region: '4401' });
    regulator = await joinOrganisation(register, { kind: 'regulator', name: '浙江省监管部门', region: '33' });
    elsewhere = await joinOrganisation(register, { kind: 'regulator', name: '广东省监管部门', region: '44' });
    second = (await addPerson(register, regulator, 'publisher')).actor;
  });
  afterAll(() => register?.close());

  async function bytesOf(actor: Actor, sha256: string): Promise<Buffer> {
    const { parts } = await readText(register.database, actor, sha256);
    const chunks: Uint8Array[] = [];
    for await (const part of parts) chunks.push(part);
    return Buffer.concat(chunks);
  }

  it('are kept in parts by their hash, and uploaded twice are one', async () => {
    const made = await expectDone(register, () => upload(register, enterprise, { text: 'first', pages: 2 }), {
      added: { audit_events: 1, standard_texts: 1, standard_text_parts: 1 },
      audit: 'text.upload',
      by: enterprise.admin,
    });
    expect(made).toMatchObject({ pages: 2, hasTextLayer: true });
    await expectDone(register, () => upload(register, enterprise, { text: 'first', pages: 2 }), {
      added: { audit_events: 1 },
      audit: 'text.upload',
    });
    const noise = Buffer.alloc(600_000, 'q Q ').toString('latin1');
    const large = pdf({ objects: [`<< /Length ${noise.length} >>\nstream\n${noise}\nendstream`] });
    const sha256 = sha256Hex(large);
    await uploadText(contextAs(register, enterprise.admin), { bytes: large, sha256 });
    expect(sha256Hex(await bytesOf(enterprise.admin, sha256))).toBe(sha256);
  });

  it('that carry a script are refused without a trace', async () => {
    const act = () => upload(register, enterprise, { catalog: '/OpenAction << /S /JavaScript >>' });
    expect((await expectRefused(register, act, 'invalid', '')).faults[0]?.code).toBe('text.javascript');
  });

  it('are the enterprise’s alone until a published declaration names them', async () => {
    const text = await upload(register, enterprise, { text: 'own' });
    for (const actor of [PUBLIC, other.admin, regulator.admin])
      await expectRefused(register, () => readText(register.database, actor, text.sha256), 'not-found');
    expect(sha256Hex(await bytesOf(enterprise.admin, text.sha256))).toBe(text.sha256);
    await declare(register, enterprise, { number: 'Q/OWN 1-2026', text: naming(text) });
    for (const actor of [PUBLIC, other.admin]) expect(sha256Hex(await bytesOf(actor, text.sha256))).toBe(text.sha256);
  });

  it('must be uploaded by the enterprise whose declaration names them, by every way of declaring', async () => {
    const foreign = await upload(register, other, { text: 'other' });
    const none: UploadedText = { ...foreign, sha256: 'a'.repeat(64) };
    for (const text of [foreign, none]) {
      const content = airPurifier({ number: 'Q/FOREIGN 1-2026', text: naming(text) });
      const act = () => declare(register, enterprise, { number: 'Q/FOREIGN 1-2026', text: naming(text) });
      const refusal = await expectRefused(register, act, 'invalid', '/text/sha256');
      expect(refusal.faults[0]?.code).toBe('text.unknown');
      const context = contextAs(register, enterprise.admin);
      expect((await checkOnly(context, content)).findings.map(({ code }) => code)).toEqual(['text.unknown']);
      expect(await publishMany(context, [content])).toMatchObject([{ findings: [{ code: 'text.unknown' }] }]);
    }
    const own = await upload(register, enterprise, { text: 'mine' });
    const wrong = airPurifier({ number: 'Q/FOREIGN 1-2026', text: { sha256: own.sha256, bytes: 1, name: 'x' } });
    const { findings } = await checkOnly(contextAs(register, enterprise.admin), wrong);
    expect(findings.map(({ at, code }) => `${at} ${code}`)).toEqual(['/text/bytes text.bytes']);
  });

  it('are withheld by two persons of a regulator of the region; hash, notice and log entry stay public', async () => {
    const text = await upload(register, enterprise, { text: 'to be withheld' });
    const as = (actor: Actor) => contextAs(register, actor);
    await expectRefused(register, () => requestWithholding(as(regulator.admin), text.sha256, ORDER), 'not-found');
    const { id: declaration } = await declare(register, enterprise, { number: 'Q/HELD 1-2026', text: naming(text) });
    await expectRefused(register, () => requestWithholding(as(elsewhere.admin), text.sha256, ORDER), 'forbidden');
    await expectRefused(register, () => requestWithholding(as(enterprise.admin), text.sha256, ORDER), 'forbidden');
    const { id } = await expectDone(register, () => requestWithholding(as(regulator.admin), text.sha256, ORDER), {
      added: { audit_events: 1, withholding_orders: 1 },
      audit: 'text.request-withholding',
    });
    await expectRefused(register, () => requestWithholding(as(regulator.admin), text.sha256, ORDER), 'conflict');
    expect(sha256Hex(await bytesOf(PUBLIC, text.sha256))).toBe(text.sha256);
    await expectRefused(register, () => confirmWithholding(as(regulator.admin), id), 'forbidden');
    await expectRefused(register, () => confirmWithholding(as(elsewhere.admin), id), 'not-found');
    const done = await expectDone(register, () => confirmWithholding(as(second), id), {
      added: { audit_events: 1, log_pending: 1 },
      audit: 'text.withhold',
      by: second,
      entry: 'declaration.withheld',
    });
    for (const actor of [PUBLIC, enterprise.admin, regulator.admin]) {
      const refusal = await expectRefused(register, () => readText(register.database, actor, text.sha256), 'withheld');
      expect(refusal.faults[0]?.expected.zh).toContain(ORDER.reason);
      expect(refusal.faults[0]?.expected.zh).toContain(ORDER.article);
    }
    const { notice, sha256 } = await readNotice(register.database, text.sha256);
    expect([sha256, sha256Hex(notice)]).toEqual([done.notice, done.notice]);
    expect(JSON.parse(notice)).toMatchObject({ text: text.sha256, ...ORDER, authority: { name: '浙江省监管部门' } });
    const leaf = await withTestClient(register.ownerUrl, (owner) =>
      owner.query<{ leaf: string }>(`select leaf from log_pending where entry_type = 'declaration.withheld'`),
    );
    expect(JSON.parse(leaf.rows[0]?.leaf ?? '')).toMatchObject({
      id: declaration,
      rev: 1,
      file: text.sha256,
      doc: sha256,
    });
    await expectRefused(register, () => confirmWithholding(as(second), id), 'conflict');
    await expectRefused(register, () => requestWithholding(as(regulator.admin), text.sha256, ORDER), 'conflict');
  });

  it('are withheld by two different persons, says the database too', async () => {
    await expectConstraint(
      register,
      `update withholding_orders set state = 'confirmed', confirmed_by = requested_by, notice_sha256 = repeat('a', 64)`,
      [],
      'withholding_orders_two_persons',
    );
  });

  it('give no bytes to anyone once withheld, without any check of the application', async () => {
    const { rows } = await withTestClient(register.ownerUrl, async (owner) => {
      await owner.query('begin; set local role lingpao_app');
      return owner.query(
        `select from standard_text_parts p join withholding_orders w using (sha256) where w.state = 'confirmed'`,
      );
    });
    expect(rows).toEqual([]);
  });
});
