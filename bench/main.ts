import { parseArgs } from 'node:util';
import { formatGoal, type Goal } from './goal.ts';
import { ingest } from './ingest.ts';
import { rankGoals } from './rank.ts';

const BENCHES = { ingest, rank: rankGoals } as const;

const HELP = `用法 Usage: npm run bench -- NAME [--json] [--seconds N] [--size N]

  ingest   G1: 每次一项声明，对照 pgbench 写入同样的行  one declaration a request against pgbench writing the same rows
  rank     G6: 比对并排序一个类别，对照规范化表上的 INSERT..SELECT  compare and rank against INSERT..SELECT on normalised tables

  --json      每个目标一行 JSON  one JSON object a goal
  --seconds   ingest 每轮的秒数，默认 8  seconds a round of ingest
  --size      rank 的声明数，默认 100000  declarations of rank
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    seconds: { type: 'string', default: '8' },
    size: { type: 'string', default: '100000' },
    help: { type: 'boolean' },
  },
});
const name = positionals[0];
const bench = name === 'ingest' || name === 'rank' ? BENCHES[name] : null;
if (values.help || !bench) {
  (values.help ? process.stdout : process.stderr).write(HELP);
  process.exit(values.help ? 0 : 2);
}
const show = (goal: Goal) => process.stdout.write(`${values.json ? JSON.stringify(goal) : formatGoal(goal)}\n`);
for (const goal of await bench({ seconds: Number(values.seconds), size: Number(values.size) })) show(goal);
