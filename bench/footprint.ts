import { addOrganisations, withBed } from './bed.ts';
import { type BenchOptions, type Goal, median } from './goal.ts';
import { declare } from './ingest.ts';
import { addKeys, startServer } from './server.ts';

const STARTS = 5;
const GOAL_START_MS = 600;
const GOAL_MEMORY_MB = 150;

/** G14: how long the API takes to listen on a migrated database, and what it holds in memory under load. */
export async function footprint({ seconds }: BenchOptions): Promise<readonly Goal[]> {
  return withBed(async ({ url, owner }) => {
    await addOrganisations(owner, 32, 'enterprise');
    const keys = await addKeys(owner, 32);
    const starts: number[] = [];
    for (let i = 0; i < STARTS; i++) {
      const server = await startServer(url);
      starts.push(server.startedMs);
      await server.stop();
    }
    const server = await startServer(url);
    const idle = server.memory();
    await declare(server, keys, { seconds, connections: 32 });
    const loaded = server.memory();
    await server.stop();
    return [
      {
        goal: 'G14',
        ratio: median(starts) / GOAL_START_MS,
        atMost: 1,
        yardstick: `a start in ${GOAL_START_MS} ms`,
        detail: `${Math.round(median(starts))} ms until it listens, ${STARTS} starts from ${Math.round(Math.min(...starts))} to ${Math.round(Math.max(...starts))} ms`,
      },
      {
        goal: 'G14',
        ratio: loaded / GOAL_MEMORY_MB,
        atMost: 1,
        yardstick: `${GOAL_MEMORY_MB} MB resident, the database apart`,
        detail: `${Math.round(loaded)} MB after ${seconds} s of declaring at 32 connections, ${Math.round(idle)} MB idle`,
      },
    ];
  });
}
