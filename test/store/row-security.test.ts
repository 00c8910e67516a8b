import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { createDraft } from '../../src/services/declarations/drafts.ts';
import { proposeMeasure } from '../../src/services/bodies/propose-measure.ts';
import { publishYear } from '../../src/services/calendar/publish-year.ts';
import { requestRun, requestTrial } from '../../src/services/comparisons/request-run.ts';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import { decideMapping } from '../../src/services/mappings/decide-mapping.ts';
import { createApiKey } from '../../src/services/organisations/api-keys.ts';
import { requestEnterpriseChange } from '../../src/services/organisations/change-enterprise.ts';
import { grantMandate } from '../../src/services/organisations/mandates.ts';
import { createSchemeDraft } from '../../src/services/schemes/drafts.ts';
import { enterFinding } from '../../src/services/spot-checks/findings.ts';
import { readDraw } from '../../src/services/spot-checks/read-draw.ts';
import { transaction } from '../../src/store/database.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { stateInterests } from '../support/bodies.ts';
import { contextAs, openTestRegister } from '../support/builders.ts';
import { importEntries } from '../support/catalogue.ts';
import { openTestRound, PERIOD, publishTestForerunners } from '../support/forerunners.ts';
import { object, rowOf } from '../support/objections.ts';
import { uploadTexts } from '../support/texts.ts';
import { withTestClient } from '../support/database.ts';
import { buildRegister, type FilledRegister, tierScheme } from '../support/filled-register.ts';
import { checkSmallImport } from '../support/imports.ts';
import { registerState } from '../support/state.ts';

/** Entries of the catalogue belong to whoever imported their snapshot. */
const SNAPSHOTS = 'since in (select snapshot from catalogue_snapshots where organisation_id = $1)';

const HANDLED = 'number in (select number from objections where handler_id = $1)';

const UNPUBLISHED = 'sha256 not in (select sha256 from declaration_texts)';

/** Row of A's that the tests aim at, by table; `private`: others may not even see it. */
const AIMS = {
  organisations: { private: false, where: 'id = $1' },
  memberships: { private: true, where: 'organisation_id = $1' },
  api_keys: { private: true, where: 'organisation_id = $1' },
  declaration_drafts: { private: true, where: 'organisation_id = $1' },
  audit_events: { private: true, where: 'organisation_id = $1' },
  imports: { private: true, where: 'organisation_id = $1' },
  import_file_parts: { private: true, where: 'organisation_id = $1' },
  import_faults: { private: true, where: 'organisation_id = $1' },
  import_rows: { private: true, where: 'organisation_id = $1' },
  ranking_list_editions: { private: true, where: `body_id = $1 and state = 'draft'` },
  ranking_list_chunks: {
    private: true,
    where: `edition_id in (select id from ranking_list_editions where body_id = $1 and state = 'draft')`,
  },
  findings: { private: true, where: `regulator_id = $1 and state = 'entered'` },
  standard_texts: { private: true, where: `organisation_id = $1 and ${UNPUBLISHED}` },
  standard_text_parts: { private: true, where: `$1::uuid is not null and ${UNPUBLISHED}` },
  declaration_texts: {
    private: false,
    where: 'declaration_id in (select id from declarations where organisation_id = $1)',
  },
  withholding_orders: { private: true, where: `regulator_id = $1 and state = 'requested'` },
  declarations: { private: false, where: 'organisation_id = $1' },
  declaration_versions: { private: false, where: 'organisation_id = $1' },
  accreditations: { private: false, where: 'proposer_id = $1' },
  body_measures: { private: true, where: `proposer_id = $1 and state = 'proposed'` },
  conflict_statements: { private: false, where: 'body_id = $1' },
  calendar_years: { private: false, where: 'organisation_id = $1' },
  objections: { private: false, where: 'handler_id = $1' },
  objection_parties: { private: true, where: HANDLED },
  objection_texts: { private: true, where: HANDLED },
  objection_files: { private: true, where: HANDLED },
  objection_file_parts: { private: true, where: HANDLED },
  forerunner_rounds: { private: false, where: 'body_id = $1' },
  forerunner_candidates: { private: false, where: 'organisation_id = $1' },
  forerunner_confirmations: { private: false, where: 'organisation_id = $1' },
  forerunner_signatures: { private: true, where: 'organisation_id = $1' },
  forerunner_reports: { private: false, where: 'organisation_id = $1' },
  forerunner_report_parts: { private: true, where: 'organisation_id = $1' },
  forerunner_checks: { private: true, where: 'organisation_id = $1' },
  forerunner_editions: { private: false, where: 'body_id = $1' },
  forerunner_entries: { private: false, where: 'organisation_id = $1' },
  catalogue_snapshots: { private: false, where: 'organisation_id = $1' },
  catalogue_standards: { private: false, where: SNAPSHOTS },
  standard_limits: { private: false, where: SNAPSHOTS },
  scheme_versions: { private: false, where: 'body_id = $1' },
  scheme_stages: { private: false, where: 'code in (select code from scheme_versions where body_id = $1)' },
  scheme_drafts: { private: true, where: 'body_id = $1' },
  comparison_runs: { private: false, where: 'body_id = $1' },
  trial_schemes: { private: true, where: 'body_id = $1' },
  edition_citations: {
    private: true,
    where: `edition_id in (select id from ranking_list_editions where body_id = $1 and state = 'draft')`,
  },
  indicator_mappings: { private: true, where: 'body_id = $1' },
  enterprise_changes: { private: true, where: `enterprise_id = $1 and state = 'requested'` },
  mandates: { private: true, where: 'principal_id = $1' },
  draws: { private: false, where: 'regulator_id = $1' },
  draw_files: { private: false, where: 'draw_id in (select id from draws where regulator_id = $1)' },
  drawn_objects: { private: false, where: 'draw_id in (select id from draws where regulator_id = $1)' },
} as const;
type Aim = keyof typeof AIMS;
const TABLES = Object.keys(AIMS) as Aim[];

/** The owning column, and keys that must be new so that only row security can be what refuses a copied row. */
const COPY: Readonly<Record<Aim, Readonly<Record<string, unknown>>>> = {
  organisations: { id: crypto.randomUUID(), credit_code: 'X'.repeat(18) },
  memberships: { role: 'drafter' },
  api_keys: { id: crypto.randomUUID(), key_sha256: 'f'.repeat(64) },
  declaration_drafts: { id: crypto.randomUUID() },
  audit_events: {},
  imports: { id: 'imp-copied', state: 'cancelled' },
  import_file_parts: { part: 9 },
  import_faults: { n: 9 },
  import_rows: { row: 9, own_number: null },
  ranking_list_editions: { id: crypto.randomUUID(), run_id: 'run-none' },
  ranking_list_chunks: { n: 999 },
  findings: { id: crypto.randomUUID() },
  declarations: { id: 'X.D00000001', number_compact: 'Q/X1-2026' },
  declaration_versions: { revision: 9 },
  accreditations: { id: crypto.randomUUID(), state: 'proposed' },
  body_measures: { id: crypto.randomUUID() },
  conflict_statements: { id: crypto.randomUUID() },
  calendar_years: { revision: 9 },
  objections: { number: 'YY-2026-999999' },
  objection_parties: {},
  objection_texts: {},
  objection_files: { n: 2 },
  objection_file_parts: { part: 9 },
  forerunner_rounds: { id: 'LP-2026-999999' },
  forerunner_candidates: {},
  forerunner_confirmations: {},
  forerunner_signatures: {},
  forerunner_reports: { n: 2 },
  forerunner_report_parts: { part: 9 },
  forerunner_checks: { n: 9 },
  forerunner_editions: { edition: 9, kind: 'removal', round_id: null },
  forerunner_entries: { edition: 9 },
  catalogue_snapshots: { snapshot: 9 },
  catalogue_standards: { compact: 'GB9-2026' },
  standard_limits: { code: 'copied' },
  scheme_versions: { version: 9 },
  scheme_stages: { n: 3, stage: 'retired', reason: 'copied', objections_until: null },
  scheme_drafts: { id: crypto.randomUUID() },
  comparison_runs: { id: 'run-copied' },
  trial_schemes: { run_id: 'run-none' },
  edition_citations: { number_compact: 'GB/T9-2026' },
  indicator_mappings: { id: crypto.randomUUID(), name: 'copied' },
  enterprise_changes: { id: crypto.randomUUID(), kind: 'deregistered' },
  mandates: { id: crypto.randomUUID() },
  standard_texts: { sha256: 'f'.repeat(64) },
  standard_text_parts: { n: 9 },
  declaration_texts: { revision: 9 },
  withholding_orders: { id: crypto.randomUUID() },
  draws: { id: 'COPIED', batch: 'copied' },
  draw_files: { n: 9 },
  drawn_objects: {},
};

describe('row security, with no check of the application before it', () => {
  let register: FilledRegister;
  let owners: Readonly<Record<Aim, string>>;
  let outsider: string;

  beforeAll(async () => {
    register = await buildRegister();
    const [a, b] = register.enterprises;
    if (!a || !b) throw new Error('no enterprises');
    await createDraft(contextAs(register, a.admin), { standard: {} });
    await createSchemeDraft(contextAs(register, register.body.admin), { code: 'M-DRAFT' });
    const tried = await createSchemeDraft(contextAs(register, register.body.admin), tierScheme('M-TRIED'));
    await requestTrial(contextAs(register, register.body.admin), { draft: tried.id });
    await decideMapping(contextAs(register, register.body.admin), {
      scheme: 'M-KQJHQ',
      version: 1,
      names: [{ name: '别的名称', declarations: 1 }],
      as: null,
      reason: '与方案无关',
    });
    await createApiKey(contextAs(register, a.admin), { name: 'a', role: 'publisher', days: 1 });
    await checkSmallImport(register, a);
    const [, , agent] = register.enterprises;
    await grantMandate(contextAs(register, a.admin), {
      agent: agent?.creditCode ?? '',
      scope: 'draft',
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      evidenceSha256: 'a'.repeat(64),
    });
    await requestEnterpriseChange(contextAs(register, a.admin), {
      change: { kind: 'renamed', name: '新名' },
      effectiveOn: '2026-01-01',
      evidenceSha256: 'a'.repeat(64),
      statement: '通知书',
    });
    await importEntries(contextAs(register, register.coordinator.admin));
    await uploadTexts(register, a, register.regulator);
    await publishTestForerunners(register, await openTestRound(register));
    await shiftRegister(register.database, -2 * PERIOD);
    await stateInterests(register, register.body);
    await object(register, rowOf(register));
    await publishYear(contextAs(register, register.coordinator.admin), 2027, {
      source: '测试',
      holidays: ['2027-01-01'],
      workdays: [],
    });
    await proposeMeasure(contextAs(register, register.coordinator.admin), register.body.creditCode, {
      kind: 'suspension',
      reason: '测试',
      effectiveOn: '2026-01-01',
    });
    const run = await requestRun(contextAs(register, register.body.admin), { scheme: 'M-KQJHQ', version: 1 });
    await runComparison(register.database, run.id);
    const { objects } = await readDraw(register.database, register.regulator.admin, register.draw);
    const finding = { object: objects[1]?.object ?? '', verdict: 'conforming' as const, codes: [], note: '' };
    await enterFinding(contextAs(register, register.regulator.admin), register.draw, finding);
    const [enterprise, body, regulator] = [a, register.body, register.regulator].map(
      (one) => organisationOf(one.admin) ?? '',
    );
    const proposer = await withTestClient(register.ownerUrl, (owner) =>
      owner.query<{ id: string }>('select proposer_id as id from accreditations'),
    );
    outsider = organisationOf(b.admin) ?? '';
    const ownerOf = (table: Aim): string => {
      if (/accreditations|catalogue|limits|measures|calendar/u.test(table)) return proposer.rows[0]?.id ?? '';
      if (/draw|finding|withholding/u.test(table) && table !== 'declaration_drafts') return regulator ?? '';
      if (/ranking|scheme|comparison|conflict|objection|citation|mapping|forerunner_(?:rounds|editions)/u.test(table))
        return body ?? '';
      return enterprise ?? '';
    };
    owners = Object.fromEntries(TABLES.map((table) => [table, ownerOf(table)])) as Record<Aim, string>;
  }, 60_000);
  afterAll(() => register?.close());

  /** Rows that a statement reads or writes as the application's role, acting for `organisationId`. */
  async function rowsAs(organisationId: string | null, statement: string, values: readonly unknown[]): Promise<number> {
    const acting = { organisationId, owner: 'test' };
    return transaction(register.database, acting, async (tx) => {
      const { rowCount } = await tx.client.query(statement, [...values]);
      return rowCount ?? 0;
    });
  }

  /** 0 rows, or the error code: the two ways in which the database refuses. */
  const refusal = (organisationId: string | null, statement: string, values: readonly unknown[]) =>
    rowsAs(organisationId, statement, values).catch((error: { code: string }) => error.code);

  async function copyOf(table: Aim, changes: Readonly<Record<string, unknown>>) {
    return withTestClient(register.ownerUrl, async (owner) => {
      const columns = await owner.query<{ name: string }>(
        `select attname::text as name from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`,
        [table],
      );
      const found = await owner.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${table} t where ${AIMS[table].where} limit 1`,
        [owners[table]],
      );
      const row = { ...found.rows[0]?.row, ...COPY[table], ...changes };
      const names = columns.rows.map(({ name }) => name).join(', ');
      const insert = `insert into ${table} (${names}) select ${names} from jsonb_populate_record(null::${table}, $1)`;
      return { insert, row: JSON.stringify(row) };
    });
  }

  describe.each(TABLES)('%s', (table) => {
    const { where } = AIMS[table];
    const isPrivate = AIMS[table].private;

    it(isPrivate ? 'is seen by its organisation alone' : 'is seen by everyone', async () => {
      const read = `select from ${table} where ${where}`;
      expect(await rowsAs(owners[table], read, [owners[table]])).toBeGreaterThan(0);
      const seen = [await rowsAs(outsider, read, [owners[table]]), await rowsAs(null, read, [owners[table]])];
      if (isPrivate) expect(seen).toEqual([0, 0]);
      else expect(Math.min(...seen)).toBeGreaterThan(0);
    });

    it('is not changed, deleted or added to by another organisation, nor by nobody', async () => {
      const before = await registerState(register.ownerUrl);
      const column = await withTestClient(register.ownerUrl, (owner) =>
        owner.query<{ name: string }>(
          `select attname::text as name from pg_attribute
           where attrelid = $1::regclass and attnum > 0 and attgenerated = '' and attidentity = '' order by attnum limit 1`,
          [table],
        ),
      );
      const name = column.rows[0]?.name ?? '';
      const { insert, row } = await copyOf(table, {});
      for (const acting of [outsider, null]) {
        expect([0, '42501']).toContain(
          await refusal(acting, `update ${table} set ${name} = ${name} where ${where}`, [owners[table]]),
        );
        expect([0, '42501']).toContain(await refusal(acting, `delete from ${table} where ${where}`, [owners[table]]));
        expect(await refusal(acting, insert, [row])).toBe('42501');
      }
      expect(await registerState(register.ownerUrl)).toEqual(before);
    });
  });

  it.each([
    ['a version of another’s declaration', 'declaration_versions', 'organisation_id', '23503'],
    ['a run of another’s scheme', 'comparison_runs', 'body_id', '23503'],
    ['an edition of another’s run', 'ranking_list_editions', 'body_id', '23503'],
    ['a fault on another’s import', 'import_faults', 'organisation_id', '23503'],
    ['a part of another’s file', 'import_file_parts', 'organisation_id', '23503'],
    ['a finding on another’s draw', 'findings', 'regulator_id', '42501'],
  ] as const)('does not let an organisation add %s under its own name', async (_, table, column, code) => {
    const { insert, row } = await copyOf(table, { [column]: outsider });
    expect(await refusal(outsider, insert, [row])).toBe(code);
  });

  it.each([
    ['statement', null],
    ['answer', null],
    ['review', 'upheld'],
  ])('does not let an organisation put a %s into an objection that is not its matter', async (role, recommendation) => {
    const words = { role, recommendation, organisation_id: outsider, content: '冒名的话' };
    const { insert, row } = await copyOf('objection_texts', words);
    expect(await refusal(outsider, insert, [row])).toBe('42501');
  });

  it('lets no body publish a forerunner list, and no other enterprise read a report', async () => {
    const list = { kind: 'round', edition: 8, publisher_id: owners.forerunner_rounds };
    const { insert, row } = await copyOf('forerunner_editions', list);
    expect(await refusal(owners.forerunner_rounds, insert, [row])).toBe('42501');
    const read = 'select from forerunner_report_parts where organisation_id = $1';
    expect(await rowsAs(outsider, read, [owners.forerunner_reports])).toBe(0);
    for (const own of [owners.forerunner_reports, owners.forerunner_rounds, owners.draws])
      expect(await rowsAs(own ?? null, read, [owners.forerunner_reports])).toBeGreaterThan(0);
  });

  it('gives the powers over others to their kinds alone: proposing, accrediting, confirming who joins', async () => {
    const { insert, row } = await copyOf('accreditations', { proposer_id: outsider });
    expect(await refusal(outsider, insert, [row])).toBe('42501');
    const proposal = await copyOf('accreditations', { decided_by: null, decided_at: null });
    await withTestClient(register.ownerUrl, (owner) => owner.query(proposal.insert, [proposal.row]));
    const decide = `update accreditations set state = 'approved', decided_by = $1 where state = 'proposed'`;
    expect(await refusal(outsider, decide, [crypto.randomUUID()])).toBe(0);
    expect(await refusal(owners.draws, decide, [crypto.randomUUID()])).toBe('23503');
    expect(await refusal(outsider, `update organisations set state = 'suspended'`, [])).toBe(0);
    expect(await refusal(outsider, `update users set password_hash = ''`, [])).toBe('42501');
  });

  it.each([
    'audit_events',
    'log_entries',
    'declaration_versions',
    'scheme_versions',
    'scheme_stages',
    'catalogue_snapshots',
    'conflict_statements',
    'objection_parties',
    'objection_texts',
    'objection_files',
    'objection_file_parts',
    'calendar_years',
    'forerunner_confirmations',
    'forerunner_signatures',
    'forerunner_reports',
    'forerunner_report_parts',
    'forerunner_editions',
    'forerunner_entries',
    'declaration_texts',
    'standard_texts',
    'standard_text_parts',
    'draw_files',
    'drawn_objects',
    'ranking_list_chunks',
    'trial_schemes',
    'edition_citations',
  ])('lets nobody change, delete or truncate %s: not its organisation, not the owner of the tables', async (table) => {
    const before = await registerState(register.ownerUrl);
    const own = owners[table as Aim] ?? outsider;
    const column = {
      audit_events: 'actor',
      catalogue_snapshots: 'report',
      scheme_stages: 'reason',
      declaration_texts: 'revision',
      forerunner_confirmations: 'models',
      forerunner_signatures: 'signer',
      forerunner_reports: 'sha256',
      forerunner_report_parts: 'content',
      forerunner_entries: 'removed',
      objection_parties: 'contact',
      objection_texts: 'content',
      objection_files: 'sha256',
      objection_file_parts: 'content',
      standard_texts: 'pages',
      standard_text_parts: 'content',
      draw_files: 'sha256',
      drawn_objects: 'rank',
      ranking_list_chunks: 'content',
      edition_citations: 'listed',
    }[table];
    const name = column ?? (table === 'log_entries' ? 'leaf' : 'document');
    for (const statement of [
      `update ${table} set ${name} = ${name}`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      expect(await refusal(own, statement, []), statement).toBe('42501');
      const asOwner = withTestClient(register.ownerUrl, (owner) => owner.query(statement));
      await expect(asOwner, statement).rejects.toMatchObject({ code: '23001' });
    }
    expect(await registerState(register.ownerUrl)).toEqual(before);
  });

  it('keeps a published edition as it is, whoever asks', async () => {
    for (const change of ['state = state', `head = '{}'`, 'edition = 7', `state = 'draft', edition = null`]) {
      const statement = `update ranking_list_editions set ${change} where state = 'published'`;
      expect(await refusal(owners.ranking_list_editions, statement, []), change).toBe('23001');
      const asOwner = withTestClient(register.ownerUrl, (owner) => owner.query(statement));
      await expect(asOwner, change).rejects.toMatchObject({ code: '23001' });
    }
    const remove = withTestClient(register.ownerUrl, (owner) => owner.query('delete from ranking_list_editions'));
    await expect(remove).rejects.toMatchObject({ code: '23001' });
  });

  it('keeps the kind of a register, and moves no clock but that of a demonstration or test', async () => {
    for (const statement of [`update register set kind = 'real'`, 'delete from register', 'truncate register']) {
      const asOwner = withTestClient(register.ownerUrl, (owner) => owner.query(statement));
      await expect(asOwner, statement).rejects.toMatchObject({ code: '23001' });
      expect(await refusal(outsider, statement, []), statement).toBe('42501');
    }
    const real = await openTestRegister('real');
    await expect(shiftRegister(real.database, 60)).rejects.toMatchObject({ code: '23001' });
    const directly = withTestClient(real.ownerUrl, (owner) => owner.query(`update register set shift = '1 hour'`));
    await expect(directly).rejects.toMatchObject({ code: '23514' });
    await real.close();
  });
});
