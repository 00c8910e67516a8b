import type pg from 'pg';
import type { Database } from '../src/store/database.ts';

/** Where a loop listens to be woken before its time. */
interface Wake {
  readonly database: Database;
  readonly channel: 'lingpao_outbox';
}

/**
 * Runs `work` every `intervalMs`, never twice at once; at once again when it says there is more, or when it is woken. A
 * failure is told and tried again at the next turn. `stop` waits for the turn that runs.
 */
export function every(
  intervalMs: number,
  work: () => Promise<boolean>,
  onError: (error: unknown) => void,
  wake?: Wake,
): { readonly stop: () => Promise<void> } {
  let stopped = false;
  let wakeUp: () => void = () => {};
  let listener: pg.PoolClient | null = null;
  let woken = false;
  const onNotification = () => {
    woken = true;
    wakeUp();
  };
  const listen = async () => {
    if (!wake || listener) return;
    const client = await wake.database.pool.connect();
    client.on('notification', onNotification);
    client.once('end', () => {
      if (listener === client) listener = null;
    });
    await client.query(`listen ${wake.channel}`);
    listener = client;
  };
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, intervalMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopped || woken) wakeUp();
    });
  const running = (async () => {
    while (!stopped) {
      let more = false;
      woken = false;
      try {
        await listen();
        more = await work();
      } catch (error) {
        onError(error);
      }
      if (!more && !stopped) await pause();
    }
    // The connection listens: it must not go back to the pool.
    (listener as pg.PoolClient | null)?.release(true);
  })();
  return {
    async stop() {
      stopped = true;
      wakeUp();
      await running;
    },
  };
}
