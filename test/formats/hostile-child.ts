import { createReadStream } from 'node:fs';
import { readDeclarations } from '../../src/formats/read-declarations.ts';
import { FileRefusal } from '../../src/formats/refusal.ts';

/** Reads one file in a process of its own, and says how it ended and how much memory it took above rest. */
const [, , file = '', format = 'xlsx', repeat = '1'] = process.argv;

async function* bytesOf(): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < Number(repeat); n++) {
    for await (const chunk of createReadStream(file, { highWaterMark: 262_144 })) {
      look();
      yield chunk as Buffer;
    }
  }
}

const rest = process.memoryUsage.rss();
let most = rest;
/** Not `maxRSS`, which a child inherits from whoever started it. */
function look(): void {
  most = Math.max(most, process.memoryUsage.rss());
}
const looking = setInterval(look, 5);
const began = performance.now();
let rows = 0;
let ended = 'read';
try {
  const given = { category: null, signer: null, capacity: null, day: '2026-11-22' };
  const read = { format: format as 'xlsx', encoding: 'utf-8' as const, bytes: bytesOf() };
  for await (const row of readDeclarations(read, given)) rows += row.row > 0 ? 1 : 0;
} catch (error) {
  ended = error instanceof FileRefusal ? (error.faults[0]?.code ?? '') : `crash: ${String(error)}`;
}
look();
clearInterval(looking);
const megabytes = Math.round((most - rest) / 1_000_000);
process.stdout.write(JSON.stringify({ ended, rows, megabytes, ms: Math.round(performance.now() - began) }));
