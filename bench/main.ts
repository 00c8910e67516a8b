import { parseArgs } from 'node:util';
import { footprint } from './footprint.ts';
import { formatGoal, type Goal } from './goal.ts';
import { importGoal } from './import.ts';
import { ingest } from './ingest.ts';
import { lists } from './lists.ts';
import { preview } from './preview.ts';
import { rankGoals } from './rank.ts';

const BENCHES = { ingest, import: importGoal, footprint, rank: rankGoals, preview, lists } as const;

const HELP = `用法 Usage: npm run bench -- NAME [--json] [--seconds N] [--size N]

  ingest     G1–G3: 声明（单项、128 连接、每次 100 项），对照 pgbench  declaring one, at 128 connections, 100 a request
  import     G4: 成批导入，对照 COPY  bulk import against COPY
  footprint  G14: 启动时间和内存  start and memory
  rank       G6–G7: 比对并排序一个类别，对照规范化表上的 INSERT..SELECT；十分之一与 1000 项
             compare and rank against INSERT..SELECT on normalised tables; a tenth of it, and 1,000
  preview    G8: 一项声明会排在哪里  where one declaration would stand among many
  lists      G10–G11: 榜单页，对照 nginx（需 nginx、wrk）  a list's pages against nginx, uncached ones against a minimal server

  --json      每个目标一行 JSON  one JSON object a goal
  --seconds   ingest、lists 每轮的秒数，默认 8  seconds a round of ingest and lists
  --size      rank、preview 的声明数，默认 100000；lists 默认 20000；import 的行数，默认 20000；ingest 时库中已有的合成声明数，默认 0
              declarations of rank, preview and lists; rows of import; synthetic declarations that ingest finds there
`;

const DEFAULT_SIZE = {
  ingest: 0,
  import: 20_000,
  footprint: 0,
  rank: 100_000,
  preview: 100_000,
  lists: 20_000,
} as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string', default: '8' },
    size: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const name = positionals[0];
const bench = isBench(name) ? BENCHES[name] : null;
if (values.help || !bench) {
  (values.help ? process.stdout : process.stderr).write(HELP);
  process.exit(values.help ? 0 : 2);
}
const show = (goal: Goal) => process.stdout.write(`${values.json ? JSON.stringify(goal) : formatGoal(goal)}\n`);
const size = Number(values.size ?? DEFAULT_SIZE[name as keyof typeof BENCHES]);
for (const goal of await bench({ seconds: Number(values.seconds), size })) show(goal);

function isBench(given: string | undefined): given is keyof typeof BENCHES {
  return given !== undefined && Object.hasOwn(BENCHES, given);
}
