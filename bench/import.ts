import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../src/domain/access/actor.ts';
import { sha256Hex } from '../src/domain/bytes.ts';
import { checkImport } from '../src/services/imports/check-import.ts';
import { decideImport } from '../src/services/imports/decide-import.ts';
import { importRows } from '../src/services/imports/import-rows.ts';
import { readImport } from '../src/services/imports/read-import.ts';
import { receiveFile } from '../src/services/imports/receive-file.ts';
import type { Database, ServiceContext } from '../src/services/context.ts';
import { copyIn } from '../src/store/copy.ts';
import { openDatabase } from '../src/store/database.ts';
import { addOrganisations, withBed } from './bed.ts';
import { benchContent } from './content.ts';
import { type BenchOptions, type Goal, median } from './goal.ts';

const ROUNDS = 3;

/** G4: a JSON-lines file received, checked by every rule, and declared, against COPY of the same rows into the same tables. */
export async function importGoal({ size }: BenchOptions): Promise<readonly Goal[]> {
  return withBed(async ({ url, owner }) => {
    await addOrganisations(owner, 1, 'enterprise');
    const database = openDatabase({ url, max: 4, applicationName: 'bench', statementTimeoutMs: 0, onError: () => {} });
    try {
      const rounds = [];
      for (let round = 1; round <= ROUNDS; round++) {
        rounds.push({ ...(await importFile(database, size, round)), copy: await copyRows(owner, size, round) });
      }
      const rate = (milliseconds: readonly number[]) => `${Math.round((size / median(milliseconds)) * 1000)}/s`;
      return [
        {
          goal: 'G4',
          ratio: median(rounds.map(({ receive, check, declare, copy }) => copy / (receive + check + declare))),
          atLeast: 0.8,
          yardstick: 'COPY of the same rows under the same constraints',
          detail: `${size} rows: received ${rate(rounds.map((one) => one.receive))}, checked ${rate(rounds.map((one) => one.check))}, declared ${rate(rounds.map((one) => one.declare))}, copied ${rate(rounds.map((one) => one.copy))}`,
        },
      ];
    } finally {
      await database.close();
    }
  });
}

async function importFile(database: Database, size: number, round: number) {
  const context = contextOf(database);
  const sent = { format: 'jsonl', fileName: `${round}.jsonl`, category: null, signer: null, capacity: null } as const;
  const begun = performance.now();
  const { id } = await receiveFile(context, sent, lines(size, round), null);
  const received = performance.now();
  const job = { import: id, organisation: organisationOf(context) };
  const never = new AbortController().signal;
  await checkImport(database, job, never);
  const checked = performance.now();
  const { waiting } = await readImport(context, id);
  if (waiting.asIs !== size) throw new Error(`${size - waiting.asIs} rows of the bench are refused`);
  await decideImport(context, id, { rows: size });
  const decided = performance.now();
  await importRows(database, { ...job, decision: 1 }, never);
  return { receive: received - begun, check: checked - received, declare: performance.now() - decided };
}

async function* lines(size: number, round: number): AsyncGenerator<Uint8Array> {
  for (let n = 1; n <= size; n += 500) {
    const count = Math.min(500, size - n + 1);
    const batch = Array.from({ length: count }, (_, i) => JSON.stringify(benchContent(`Q/BULK${round} ${n + i}-2026`)));
    yield Buffer.from(`${batch.join('\n')}\n`);
  }
}

/** The same rows, written by COPY into the tables that an import fills, in one transaction. */
async function copyRows(owner: pg.Client, size: number, round: number): Promise<number> {
  const begun = performance.now();
  await owner.query('begin');
  const document = JSON.stringify(benchContent('Q/COPY 1-2026'));
  const sha256 = sha256Hex(document);
  const now = new Date().toISOString();
  const organisation = '00000000-0000-4000-8000-000000000001';
  const id = (n: number) => `COPY.${round}.D${n}`;
  await copy(
    owner,
    'declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, search_text)',
    size,
    (n) => [
      id(n),
      organisation,
      '9199',
      `Q/COPY${round}${n}-2026`,
      'enterprise',
      'C3464.heat-pump',
      'product',
      'current',
      '1',
      now,
      `q/copy${round} ${n}-2026 供暖用热泵 bench 1 91990000000000000001 供暖用热泵 hp-8-r290`,
    ],
  );
  await copy(
    owner,
    'declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, author, signer, at)',
    size,
    (n) => [
      id(n),
      '1',
      organisation,
      'published',
      'C3464.heat-pump',
      '9199',
      `Q/COPY${round}${n}-2026`,
      document,
      sha256,
      organisation,
      'bench',
      now,
    ],
  );
  await copy(owner, 'log_pending (entry_type, subject, revision, leaf)', size, (n) => [
    'declaration.published',
    id(n),
    '1',
    'x'.repeat(260),
  ]);
  await copy(owner, 'audit_events (at, organisation_id, actor, action, subject)', size, (n) => [
    now,
    organisation,
    'bench',
    'declaration.publish',
    id(n),
  ]);
  await owner.query('commit');
  return performance.now() - begun;
}

async function copy(
  owner: pg.Client,
  into: string,
  size: number,
  row: (n: number) => readonly string[],
): Promise<void> {
  async function* text(): AsyncGenerator<Buffer> {
    for (let n = 1; n <= size; n += 500) {
      const count = Math.min(500, size - n + 1);
      yield Buffer.from(
        Array.from(
          { length: count },
          (_, i) =>
            `${row(n + i)
              .map(escape)
              .join('\t')}\n`,
        ).join(''),
      );
    }
  }
  await copyIn(owner, `copy ${into} from stdin`, text());
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}

function contextOf(database: Database): ServiceContext {
  const actor: Actor = {
    kind: 'member',
    userId: '00000000-0000-4000-8000-000000000001',
    displayName: 'bench',
    role: 'publisher',
    mandateId: null,
    organisation: {
      id: '00000000-0000-4000-8000-000000000001',
      kind: 'enterprise',
      creditCode: '919900000000000001',
      name: 'bench',
      regionGrant: null,
    },
  };
  return { database, actor, requestId: randomUUID(), idempotency: null };
}

function organisationOf({ actor }: ServiceContext): string {
  return actor.kind === 'member' ? actor.organisation.id : '';
}
