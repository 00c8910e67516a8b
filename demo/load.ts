import { progressBar } from '../src/cli/progress.ts';
import type { Database } from '../src/store/database.ts';
import { type Client, client, type Credential, inParallel, until } from './api.ts';
import { importCatalogue } from './catalogue.ts';
import { checkDraw, checkList } from './check.ts';
import { inventedCreditCode } from './codes.ts';
import { runDraw } from './draw.ts';
import { beginInThePast, checkForerunners, publishForerunners } from './forerunners.ts';
import { ACCOUNTS, bringPeople, DEMO_PASSWORD, join, SECOND_BODY, SECOND_REGULATOR } from './people.ts';
import { publishLists } from './lists.ts';
import { proposeSchemes } from './schemes.ts';
import { readTable, type Table, TABLES } from './tables.ts';

export interface DemonstrationSettings {
  readonly address: string;
  /** Only to shift the clock of the demonstration register; all else goes through the public API. */
  readonly database: Database;
  readonly operatorToken: string | null;
  /** Writes out the log lines that are still held, so that the demonstration's own last line is the last. */
  readonly flushLog?: () => Promise<void>;
}

const AT_ONCE = 16;
const DRAW = 'CQ-DEMO-01';

/**
 * Loads the real tables through the public API, publishes the lists, makes a draw, and then checks all of it as an outsider
 * would. Prints what it did, and the number of problems as its last line. A register that is loaded already is only checked.
 */
export async function loadDemonstration({
  address,
  database,
  operatorToken,
  flushLog,
}: DemonstrationSettings): Promise<number> {
  const api = client(address);
  const loaded = await api.get<{ lists: { list: string }[] }>('/ranking-lists');
  if (loaded.lists.length === 0) {
    if (!operatorToken)
      throw new Error(
        '演示库未载入完整，请换一个空的数据文件夹 the demonstration was loaded in part; start with an empty data folder',
      );
    await beginInThePast(database);
    const people = await bringPeople(api, operatorToken);
    await proposeSchemes(api, database, people.body);
    await importCatalogue(api, people.coordinating);
    await declareTables(api, people.operator);
    await publishLists(api, { first: people.body, second: people.body2 });
    await publishForerunners(api, database, people);
    await runDraw(api, database, DRAW, people.regulator, people.regulator2);
  }
  return report(api, address, flushLog);
}

async function declareTables(api: Client, operator: Credential): Promise<void> {
  const bar = progressBar();
  const tables = TABLES.map((table) => ({ table, makers: groupByMaker(table) }));
  const total = tables.reduce(
    (sum, { makers }) => sum + [...makers.values()].reduce((rows, of) => rows + of.length, 0),
    0,
  );
  let done = 0;
  let serial = 100;
  const makers = tables.flatMap(({ table, makers: of }) =>
    [...of].map(([name, rows]) => ({ table, name, rows, serial: serial++ })),
  );
  await inParallel(makers, AT_ONCE, async ({ table, name, rows, serial: own }) => {
    const login = `demo-maker-${own}`;
    await join(api, operator, { code: inventedCreditCode(own), name, kind: 'enterprise', login });
    const session = await api.logIn(login, DEMO_PASSWORD);
    const { key } = await api.post<{ key: string }>('/api-keys', session, {
      name: 'demonstration',
      role: 'publisher',
      days: 1,
    });
    for (const [i, row] of rows.entries()) {
      await api.post('/declarations', { key }, table.declare(row, i + 1));
      bar.show(++done / total, `声明 declarations ${done}/${total}`);
    }
  });
  bar.clear();
  // A list is that of a log size: every declaration has its index before the lists are asked for.
  await until(
    () => api.get<{ size: number }>('/log'),
    ({ size }) => size > total,
    'the log',
  );
  process.stdout.write(`已声明 declared: ${total}（${makers.length} 家 makers）\n`);
}

function groupByMaker(table: Table) {
  const makers = new Map<string, ReturnType<typeof readTable>[number][]>();
  for (const row of readTable(table)) {
    const name = table.maker(row);
    makers.set(name, [...(makers.get(name) ?? []), row]);
  }
  return makers;
}

/** A second person brings each proposed scheme into force; then the body runs it and publishes its list. */
async function report(api: Client, address: string, flushLog: DemonstrationSettings['flushLog']): Promise<number> {
  const { lists } = await api.get<{ lists: { list: string; edition: number; entries: number; overall: boolean }[] }>(
    '/ranking-lists',
  );
  const { draws } = await api.get<{ draws: { id: string; state: string }[] }>('/draws');
  const problems: string[] = [];
  let declarations = 0;
  for (const { list, edition } of lists) {
    const checked = await checkList(api, list, edition);
    declarations += checked.compared;
    problems.push(...checked.problems);
    process.stdout.write(`榜单 list ${address}/boards/${list}/${edition}: ${checked.says}\n`);
  }
  const { lists: forerunners } = await api.get<{ lists: { list: string; edition: number }[] }>('/forerunner-lists');
  for (const { list, edition } of forerunners) {
    const checked = await checkForerunners(api, list, edition);
    problems.push(...checked.problems);
    process.stdout.write(`领跑者 forerunners ${address}/forerunners/${list}/${edition}: ${checked.says}\n`);
  }
  for (const { id } of draws.filter(({ state }) => state === 'drawn' || state === 'closed')) {
    const checked = await checkDraw(api, id);
    problems.push(...checked.problems);
    process.stdout.write(`抽查 draw ${address}/draws/${id}: ${checked.says}\n`);
  }
  for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
  const logins = [
    ...Object.values(ACCOUNTS).map(({ login }) => login),
    SECOND_BODY,
    SECOND_REGULATOR,
    'demo-maker-100',
  ];
  process.stdout.write(`账号 accounts: ${logins.join(', ')}；密码 password: ${DEMO_PASSWORD}\n`);
  const expected = TABLES.reduce((sum, table) => sum + readTable(table).length, 0);
  if (declarations !== expected) problems.push(`${declarations} declarations compared, ${expected} in the tables`);
  await flushLog?.();
  process.stdout.write(
    `demo: ${declarations} declarations, ${lists.length} lists, ${draws.length} draws, ${problems.length} problems\n`,
  );
  return problems.length;
}
