import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeclarationContent } from '../../src/domain/declarations/content.ts';
import type { KitVerdict } from '../../src/domain/rankings/kit.ts';
import { dayInBeijing } from '../../src/domain/calendar/day.ts';
import { previewStanding } from '../../src/services/comparisons/preview-standing.ts';
import { requestRun, type RequestedRun } from '../../src/services/comparisons/request-run.ts';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import { correctDeclaration, withdrawDeclaration } from '../../src/services/declarations/change-declaration.ts';
import { decideMapping } from '../../src/services/mappings/decide-mapping.ts';
import { readMappingQueue } from '../../src/services/mappings/read-mappings.ts';
import { undoMapping } from '../../src/services/mappings/undo-mapping.ts';
import { readDisputes } from '../../src/services/rankings/read-disputes.ts';
import { asPublic, editionOn, readChanges, readEdition, readRows } from '../../src/services/rankings/read-list.ts';
import { readDraft } from '../../src/services/rankings/read-draft.ts';
import { readEditionSince } from '../../src/services/rankings/read-state.ts';
import { readKit } from '../../src/services/rankings/read-kit.ts';
import { readProvenance } from '../../src/services/rankings/read-provenance.ts';
import type { Receipt } from '../../src/services/declarations/version.ts';
import { publicRead } from '../../src/store/database.ts';
import { objectionsOf } from '../../src/store/objections.ts';
import { airPurifier, contextAs, declare, purifierIndicators, sequence } from '../support/builders.ts';
import { importPart } from '../support/catalogue.ts';
import { withTestClient } from '../support/database.ts';
import { gradingScheme, type FilledRegister, buildRegister } from '../support/filled-register.ts';
import { decideFor, judgesOf, object } from '../support/objections.ts';
import { verdictOf } from '../support/random-lists.ts';
import { checklistFor, releaseRun } from '../support/release.ts';
import { bringSchemeIntoForce } from '../support/schemes.ts';

const LIST = 'M-KQJHQ';

describe('the ledger of a list’s editions', () => {
  let register: FilledRegister;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 24 });
  });
  afterAll(() => register?.close());
  const asBody = () => contextAs(register, register.body.admin);
  const asEnterprise = (i = 0) => contextAs(register, register.enterprises[i % 4]?.admin);
  const finished = async (input: Partial<Parameters<typeof requestRun>[1]> = {}): Promise<RequestedRun> => {
    await sequence(register);
    const run = await requestRun(asBody(), { scheme: LIST, version: 1, ...input });
    await runComparison(register.database, run.id);
    return run;
  };
  const nextEdition = async (input?: Parameters<typeof finished>[0]) => {
    const { id } = await finished(input);
    const { edition } = await releaseRun(register, register.body, id);
    await sequence(register);
    return readEdition(register.database, LIST, edition);
  };
  const changesOf = async (read: Awaited<ReturnType<typeof readEdition>>) =>
    (await readChanges(asPublic(register.database), read, 'changes', 0, 100)).map(({ change, declaration, causes }) => [
      change,
      declaration,
      causes.map(({ cause, event, evidence }) => [cause, event ?? evidence]),
    ]);
  const verdict = async (edition: number): Promise<KitVerdict> => {
    const lines: string[] = [];
    for await (const part of readKit(register.database, await readEdition(register.database, LIST, edition)))
      lines.push(...part.split('\n').filter(Boolean));
    return verdictOf(lines);
  };
  const entries = (read: Awaited<ReturnType<typeof readEdition>>, section: 'entries' | 'excluded' = 'entries') =>
    readRows(asPublic(register.database), read, section, 0, 200);
  const content = (receipt: Receipt, changed: Partial<DeclarationContent> = {}): DeclarationContent => ({
    ...airPurifier({ number: receipt.number }),
    ...changed,
  });

  it('every row of an edition resolves down to the declared document, whose hash it names', async () => {
    const read = await readEdition(register.database, LIST, 1);
    const rows = [...(await entries(read)), ...(await entries(read, 'excluded'))];
    expect(rows).toHaveLength(24);
    for (const row of rows) {
      const { entry, explanation, document } = await readProvenance(register.database, read, row.declaration);
      expect([entry.document, explanation.result.grade, document.id]).toEqual([
        row.document,
        row.grade,
        row.declaration,
      ]);
    }
  });

  it('the next edition says of each row that entered, moved or left what its enterprise did', async () => {
    const first = await readEdition(register.database, LIST, 1);
    const [one, two] = await entries(first);
    const ofOne = register.declarations.findIndex(({ id }) => id === one?.declaration);
    const ofTwo = register.declarations.findIndex(({ id }) => id === two?.declaration);
    const [receiptOne, receiptTwo] = [register.declarations[ofOne], register.declarations[ofTwo]] as [Receipt, Receipt];
    await withdrawDeclaration(
      asEnterprise(ofOne),
      { id: receiptOne.id, revision: 1 },
      { reason: '停产', on: '2026-11-01' },
    );
    await correctDeclaration(
      asEnterprise(ofTwo),
      { id: receiptTwo.id, revision: 1 },
      {
        reason: '录入有误',
        content: content(receiptTwo, {
          indicators: purifierIndicators({ cleanAir: '301', efficacy: '8.1', noise: '64' }),
        }),
      },
    );
    const [maker] = register.enterprises;
    const entered = maker && (await declare(register, maker, { number: 'Q/HZHJ 900-2026' }));
    const second = await nextEdition();
    expect(await changesOf(second)).toEqual(
      expect.arrayContaining([
        ['entered', entered?.id, [['version', 'published']]],
        ['moved', receiptTwo.id, [['version', 'corrected']]],
        ['left', receiptOne.id, [['version', 'withdrawn']]],
      ]),
    );
    expect(second.head.changes).toEqual({ entered: 1, moved: 1, left: 1 });
    expect(second.head.previous).toEqual({ edition: 1, sha256: first.edition.listSha256 });
    const left = await readChanges(asPublic(register.database), second, 'left', 0, 10);
    expect(left).toMatchObject([
      { declaration: receiptOne.id, edition: 2, causes: [{ event: 'withdrawn', evidence: `${receiptOne.id}/2` }] },
    ]);
    expect((await verdict(2)).checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('what is declared again under a withdrawn number keeps its lineage', async () => {
    const second = await readEdition(register.database, LIST, 2);
    const [gone] = await readChanges(asPublic(register.database), second, 'left', 0, 10);
    const at = register.declarations.findIndex(({ id }) => id === gone?.declaration);
    const maker = register.enterprises[at % 4];
    if (!gone || !maker) throw new Error('nothing was withdrawn');
    const again = await declare(register, maker, { number: register.declarations[at]?.number ?? '' });
    expect(again.id).not.toBe(gone.declaration);
    const third = await nextEdition();
    const [entered] = await readChanges(asPublic(register.database), third, 'changes', 0, 10);
    expect(entered).toMatchObject({
      change: 'entered',
      declaration: again.id,
      causes: [{ cause: 'version', event: 'published', follows: gone.declaration }],
    });
    // The old row stays struck through: it is another declaration.
    expect(await readChanges(asPublic(register.database), third, 'left', 0, 10)).toHaveLength(1);
    expect((await verdict(3)).checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('a dated link leads to the edition that was the newest on that day', async () => {
    const newest = (await readEdition(register.database, LIST, 'latest')).edition;
    const day = dayInBeijing(newest.publishedAt ?? new Date());
    expect(await editionOn(register.database, LIST, day)).toBe(newest.edition);
    await expect(editionOn(register.database, LIST, '2020-01-01')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('a trial says what it would change of the newest edition, and is none', async () => {
    const before = await readEdition(register.database, LIST, 'latest');
    const [maker] = register.enterprises;
    const entered = maker && (await declare(register, maker, { number: 'Q/HZHJ 950-2026' }));
    const trial = await finished({ kind: 'trial' });
    const { read, reading } = await readDraft(asBody(), trial.id);
    expect([read.head.edition, read.head.previous?.edition]).toEqual([null, before.edition.edition]);
    expect(await readChanges(reading, read, 'changes', 0, 10)).toMatchObject([
      { change: 'entered', declaration: entered?.id },
    ]);
    expect((await readEdition(register.database, LIST, 'latest')).edition.edition).toBe(before.edition.edition);
    await nextEdition();
  });

  it('DOMAIN 7.1 (8): an objection that is upheld leaves the row out of a corrected edition, which says so', async () => {
    const read = await readEdition(register.database, LIST, 'latest');
    const edition = read.edition.edition ?? 0;
    const known = new Set(register.declarations.map(({ id }) => id));
    const row = (await entries(read)).find((one) => known.has(one.declaration));
    const declaration = row?.declaration ?? '';
    const { number } = await object(register, { kind: 'list-row', list: LIST, edition, declaration });
    const judges = await judgesOf(register, register.body);
    const maker = register.enterprises.find(({ creditCode }) => creditCode === row?.enterprise.code);
    await decideFor(register, number, judges, maker?.admin ?? register.body.admin, {
      decision: 'upheld',
      effect: 'exclude-row',
    });
    expect(await readDisputes(register.database, LIST, edition)).toEqual([]);
    const corrected = await nextEdition({ kind: 'correction', reason: `异议 ${number} 成立` });
    expect(corrected.head.correction).toEqual({ reason: `异议 ${number} 成立`, objections: [number] });
    expect(await changesOf(corrected)).toEqual([['left', declaration, [['objection', number]]]]);
    expect((await entries(corrected, 'excluded')).find((one) => one.declaration === declaration)?.excluded).toEqual({
      reason: 'decided-out',
      about: [number],
    });
    expect((await readEditionSince(register.database, read.edition)).correctedBy).toBe(edition + 1);
    const [objection] = await publicRead(register.database, (db) => objectionsOf(db, `list/${LIST}/${edition}`));
    expect([objection?.executedList, objection?.executedEdition]).toEqual([LIST, edition + 1]);
    expect((await verdict(edition + 1)).checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('a decision holds for the version that was objected to: the next version is judged anew', async () => {
    const read = await readEdition(register.database, LIST, 'latest');
    const out = (await entries(read, 'excluded')).find(({ excluded }) => excluded?.reason === 'decided-out');
    const at = register.declarations.findIndex(({ id }) => id === out?.declaration);
    const receipt = register.declarations[at] as Receipt;
    const of = { id: receipt.id, revision: out?.revision ?? 1 };
    await correctDeclaration(asEnterprise(at), of, { reason: '按异议更正', content: content(receipt) });
    const next = await nextEdition();
    expect(await changesOf(next)).toEqual([['entered', receipt.id, [['version', 'corrected']]]]);
  });

  it('a mapping brings what was declared under another name, with its reason, until it is undone', async () => {
    const [maker] = register.enterprises;
    if (!maker) throw new Error('no maker');
    const [first, ...rest] = purifierIndicators({ cleanAir: '520', efficacy: '12.00', noise: '58.0' });
    const renamed = first ? [{ ...first, name: '洁净空气输出量' }, ...rest] : rest;
    const receipt = await declare(register, maker, { number: 'Q/HZHJ 901-2026', indicators: renamed });
    const before = await nextEdition();
    const queue = await readMappingQueue(asBody(), LIST, 1);
    const [queued] = queue.names;
    expect(queued).toMatchObject({ name: '洁净空气输出量', declarations: 1, lacking: 1 });
    expect(queued?.suggestions[0]).toMatchObject({ indicator: 'cadr', as: '颗粒物洁净空气量' });
    const { mappings } = await decideMapping(asBody(), {
      scheme: LIST,
      version: 1,
      names: [{ name: '洁净空气输出量', declarations: 1 }],
      as: '颗粒物洁净空气量',
      reason: '同一试验方法下的同一量',
    });
    const mapped = await nextEdition();
    const changes = await changesOf(mapped);
    expect(changes).toMatchObject([['entered', receipt.id, [['mapping', expect.any(String)]]]]);
    const { explanation } = await readProvenance(register.database, mapped, receipt.id);
    expect(explanation.indicators[0]?.rows[0]).toMatchObject({
      by: 'mapping',
      mapping: { reason: '同一试验方法下的同一量' },
    });
    expect((await readMappingQueue(asBody(), LIST, 1)).names).toEqual([]);
    await undoMapping(asBody(), mappings[0]?.id ?? '', { reason: '定义其实不同' });
    const undone = await nextEdition();
    expect(await changesOf(undone)).toMatchObject([['left', receipt.id, [['mapping', expect.any(String)]]]]);
    expect(undone.head.entries).toBe(before.head.entries);
    const edition = undone.edition.edition ?? 0;
    for (const number of [edition - 1, edition])
      expect((await verdict(number)).checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('DOMAIN 7.1 (17): rules are versions by date; a new version moves rows in the next edition, old editions keep their own', async () => {
    const before = await readEdition(register.database, LIST, 'latest');
    const [cadr, ...rest] = gradingScheme().indicators;
    if (!cadr) throw new Error('no indicator');
    const stricter = { ...cadr, levels: [{ when: [], advanced: '5000', average: '4000', baseline: '300' }] };
    await bringSchemeIntoForce(register, register.body, {
      ...gradingScheme(),
      version: 2,
      indicators: [stricter, ...rest],
    });
    await sequence(register);
    await expect(requestRun(asBody(), { scheme: LIST, version: 1 })).rejects.toMatchObject({ code: 'conflict' });
    const after = await nextEdition({ version: 2 });
    const changes = await changesOf(after);
    expect(changes.length).toBeGreaterThan(0);
    for (const [change, , causes] of changes) expect([change, causes]).toEqual(['moved', [['scheme', `${LIST}/2`]]]);
    expect(after.head.grades[1]).toBe(0);
    for (const read of [before, after])
      expect((await verdict(read.edition.edition ?? 0)).checks.filter(({ holds }) => !holds)).toEqual([]);
    expect((await readEdition(register.database, LIST, before.edition.edition ?? 0)).scheme.version).toBe(1);
  });

  it('a run while 200 declarations are published and corrected is that of its cut-off', async () => {
    await sequence(register);
    const run = await requestRun(asBody(), { scheme: LIST, version: 2 });
    const [maker] = register.enterprises;
    if (!maker) throw new Error('no maker');
    const edits = Array.from({ length: 200 }, async (_, i) =>
      declare(register, maker, { number: `Q/HZHJ ${2000 + i}-2026` }).then((receipt) =>
        i % 2 === 0
          ? null
          : correctDeclaration(
              asEnterprise(0),
              { id: receipt.id, revision: 1 },
              { reason: '改正', content: content(receipt, { parameters: [] }) },
            ),
      ),
    );
    const sequencing = (async () => {
      for (let i = 0; i < 20; i++) await sequence(register);
    })();
    await Promise.all([...edits, sequencing, runComparison(register.database, run.id)]);
    await sequence(register);
    const during = await readDraft(asBody(), run.id);
    const again = await requestRun(asBody(), { scheme: LIST, version: 2, logSize: run.logSize });
    await runComparison(register.database, again.id);
    const after = await readDraft(asBody(), again.id);
    expect(after.read.edition.listSha256).toBe(during.read.edition.listSha256);
    const { read: now } = await readDraft(asBody(), (await finished({ version: 2 })).id);
    expect(now.head.inputs.count).toBe(during.read.head.inputs.count + 200);
  }, 60_000);

  it('a GB that is replaced mid-cycle marks the editions that it touches, and the next one says why each row left', async () => {
    const before = await nextEdition({ version: 2 });
    expect((await readEditionSince(register.database, before.edition)).outdated).toEqual([]);
    const coordinator = contextAs(register, register.coordinator.admin);
    await importPart(coordinator, 'standards', [
      {
        number: 'GB/T 4214.1-2017',
        nameZh: '家用和类似用途电器噪声测试方法',
        mandatory: false,
        effectiveOn: '2018-05-01',
        withdrawnOn: '2026-11-01',
        replacedBy: [{ number: 'GB/T 4214.1-2026' }],
      },
      {
        number: 'GB/T 4214.1-2026',
        nameZh: '家用和类似用途电器噪声测试方法',
        mandatory: false,
        effectiveOn: '2026-11-01',
      },
    ]);
    const { outdated } = await readEditionSince(register.database, before.edition);
    expect(outdated).toMatchObject([{ number: 'GB/T 4214.1-2017', listed: before.head.entries, on: '2026-11-01' }]);
    const after = await nextEdition({ version: 2 });
    expect(after.head.entries).toBe(0);
    const changes = await changesOf(after);
    expect(changes).toHaveLength(Math.min(100, before.head.entries));
    for (const [change, , causes] of changes)
      expect([change, causes]).toEqual(['left', [['standard', 'GB/T4214.1-2017']]]);
    expect((await verdict(after.edition.edition ?? 0)).checks.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('a draft that another edition overtook is refused: its changes would be those since an older one', async () => {
    const stale = await finished({ version: 2 });
    await nextEdition({ version: 2 });
    await expect(releaseRun(register, register.body, stale.id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await checklistFor(register, stale.id)).toMatchObject({ cutOffChecked: true });
  });
});

describe('a document that somebody changed in the database itself', () => {
  let register: FilledRegister;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 8 });
  });
  afterAll(() => register?.close());
  it('is not shown in its row, and the edition’s kit no longer holds', async () => {
    const read = await readEdition(register.database, LIST, 1);
    const [row] = await readRows(asPublic(register.database), read, 'entries', 0, 1);
    await withTestClient(register.ownerUrl, async (owner) => {
      await owner.query('alter table declaration_versions disable trigger user');
      await owner.query(
        `update declaration_versions set document = replace(document, '家用空气净化器', '家用净化器'),
           document_sha256 = encode(sha256(convert_to(replace(document, '家用空气净化器', '家用净化器'), 'UTF8')), 'hex')
         where declaration_id = $1`,
        [row?.declaration],
      );
    });
    await expect(readProvenance(register.database, read, row?.declaration ?? '')).rejects.toThrow(
      /not the listed one/u,
    );
    const lines: string[] = [];
    for await (const part of readKit(register.database, read)) lines.push(...part.split('\n').filter(Boolean));
    const failed = verdictOf(lines).checks.filter(({ holds }) => !holds);
    expect(failed.map(({ name }) => name)).toEqual(['inputs', 'recomputed']);
  });
});

describe('where a declaration would stand', () => {
  let register: FilledRegister;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 16 });
  });
  afterAll(() => register?.close());
  const preview = async (changed: Partial<DeclarationContent>) => {
    const context = contextAs(register, register.enterprises[0]?.admin);
    const standings = await previewStanding(context, airPurifier({ number: 'Q/HZHJ 999-2026', ...changed }));
    return standings.find(({ scheme }) => scheme.code === LIST);
  };
  it('before declaring: grade, rank among the newest edition, and the nearest change; nothing is stored', async () => {
    const { head } = await readEdition(register.database, LIST, 1);
    const second = await preview({});
    expect(second).toMatchObject({
      result: { grade: 2, excluded: null },
      place: { edition: 1, rank: head.grades[1] + 1, listed: head.entries, sameGrade: head.grades[2] },
      next: { grade: 1 },
    });
    const best = await preview({ indicators: purifierIndicators({ cleanAir: '600', efficacy: '15', noise: '40' }) });
    expect(best).toMatchObject({ result: { grade: 1 }, place: { rank: 1 }, next: null });
  });
  it('without a core indicator: no grade, no place, and what is missing', async () => {
    const gap = await preview({ indicators: purifierIndicators({ cleanAir: '600', efficacy: '15', noise: null }) });
    expect(gap).toMatchObject({
      result: { grade: null },
      place: null,
      next: { anyOf: [{ code: 'noise', now: null }] },
    });
  });
  it('of a value that cannot be read is not guessed', async () => {
    const [first, ...rest] = purifierIndicators({ cleanAir: '520', efficacy: '12.00', noise: '58.0' });
    const gap = await preview({ indicators: first ? [{ ...first, value: '五百' }, ...rest] : rest });
    expect(gap?.result.indicators[0]).toMatchObject({ outcome: 'not-comparable', reason: 'not-declared' });
  });
  it('by every scheme in force of the category', async () => {
    await bringSchemeIntoForce(register, register.body, gradingScheme('M-SECOND'));
    const context = contextAs(register, register.enterprises[0]?.admin);
    const standings = await previewStanding(context, airPurifier({ number: 'Q/HZHJ 998-2026' }));
    expect(standings.map(({ scheme, place }) => [scheme.code, place === null])).toEqual(
      expect.arrayContaining([
        ['M-SECOND', true],
        [LIST, false],
      ]),
    );
  });
});
