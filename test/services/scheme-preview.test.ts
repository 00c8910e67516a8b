import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparison } from '../../src/domain/comparisons/compare.ts';
import type { DeclarationDocument } from '../../src/domain/declarations/document.ts';
import type { Scheme } from '../../src/domain/schemes/scheme.ts';
import { previewDraft, previewPublished } from '../../src/services/schemes/preview-scheme.ts';
import { readScheme } from '../../src/services/schemes/read-scheme.ts';
import { contextAs } from '../support/builders.ts';
import { gradingScheme } from '../support/filled-register.ts';
import { type ComparableRegister, openComparableRegister } from '../support/runs.ts';
import { withTestClient } from '../support/database.ts';
import { expectRefused } from './acts.ts';

describe('the preview of a scheme', () => {
  let register: ComparableRegister;
  let documents: readonly DeclarationDocument[];
  beforeAll(async () => {
    register = await openComparableRegister(700);
    documents = await withTestClient(register.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ document: string }>(
        `select v.document from declarations d join declaration_versions v on v.declaration_id = d.id and v.revision = d.revision
         where d.state = 'current'`,
      );
      return rows.map(({ document }) => JSON.parse(document) as DeclarationDocument);
    });
  });
  afterAll(() => register?.close());
  const as = () => contextAs(register, register.body.admin);

  it('counts what the engine of the lists comes to, declaration by declaration', async () => {
    const scheme: Scheme = gradingScheme();
    const preview = await previewDraft(as(), scheme);
    const compare = comparison(scheme);
    const results = documents.map((document) => compare(document));
    const graded = (grade: number) => results.filter((one) => one.grade === grade).length;
    expect(documents).toHaveLength(700);
    expect(preview).toMatchObject({ whole: true, compared: 700, bounded: false });
    expect(([1, 2, 3] as const).map((grade) => preview?.grades?.[grade].declarations)).toEqual([1, 2, 3].map(graded));
    expect(graded(1) + graded(2) + graded(3)).toBeGreaterThan(0);
    // All of them are one enterprise's: of many declarations it is still one.
    for (const grade of [1, 2, 3] as const)
      expect(preview?.grades?.[grade].enterprises).toBe(Math.min(1, graded(grade)));
    expect(graded(1)).toBeGreaterThan(1);
    for (const [i, indicator] of (preview?.indicators ?? []).entries()) {
      const own = results.map((one) => one.indicators[i]);
      expect(indicator.tiers.map(({ count }) => count)).toEqual(
        [1, 2, 3].map((tier) => own.filter((one) => one?.tier === tier).length),
      );
      expect(indicator.below).toBe(own.filter((one) => one?.outcome === 'below').length);
      expect(indicator.notComparable).toBe(own.filter((one) => one?.outcome === 'not-comparable').length);
    }
  });

  it('counts the sound indicators of half a draft, and gives no grade', async () => {
    const { indicators } = gradingScheme();
    const [first, second] = indicators;
    const half = { category: 'C3464.air-purifier', indicators: [first, { ...second, levels: [{ advanced: '十四' }] }] };
    const whole = await previewDraft(as(), gradingScheme());
    const preview = await previewDraft(as(), half);
    expect(preview).toMatchObject({ whole: false, grades: null });
    expect(preview?.indicators.map(({ code }) => code)).toEqual(['cadr']);
    expect(preview?.indicators[0]?.tiers.map(({ count }) => count)).toEqual(
      whole?.indicators[0]?.tiers.map(({ count }) => count),
    );
    expect(await previewDraft(as(), { category: 'C3464.air-purifier' })).toBeNull();
    expect(await previewDraft(as(), 'nothing')).toBeNull();
  });

  it('looks at the newest so many, and says that there are more', async () => {
    const { document } = await readScheme(register.database, 'M-KQJHQ', 1);
    expect(await previewPublished(register.database, document, 500)).toMatchObject({ compared: 500, bounded: true });
    expect(await previewPublished(register.database, document, 1000)).toMatchObject({ compared: 700, bounded: false });
  });

  it('shows one declared product as an example', async () => {
    const { document } = await readScheme(register.database, 'M-KQJHQ', 1);
    const preview = await previewPublished(register.database, document, 1000);
    const declared = documents.find(({ id }) => id === preview?.example?.declaration);
    expect(declared && comparison(gradingScheme())(declared)).toEqual(preview?.example?.result);
    expect(preview?.example?.result.grade).toBe(1);
  });

  it('of a draft is for bodies alone', async () => {
    await expectRefused(register, () => previewDraft(contextAs(register, register.enterprise.admin), {}), 'forbidden');
    await expectRefused(register, () => previewDraft(contextAs(register), {}), 'unauthenticated');
  });
});
