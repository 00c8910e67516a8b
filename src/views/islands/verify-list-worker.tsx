// Recomputes an edition off the page, by the function that the command line uses. The kit is read as it arrives, so that
// only rows are held; nothing leaves the reader's machine.
import { type KitVerdict, verifyKit } from '../../domain/rankings/kit.ts';

/** What the page is told: how many lines were taken, and in the end the verdict, or why there is none. */
export type VerifyListMessage =
  | { readonly lines: number }
  | { readonly verdict: Pick<KitVerdict, 'checks' | 'difference' | 'compared'> }
  | { readonly error: string };

const TELL_EVERY = 500;

onmessage = ({ data }: MessageEvent<string>) => {
  recompute(data).catch((error: unknown) => {
    tell({ error: error instanceof Error ? error.message : String(error) });
  });
};

async function recompute(address: string): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok || !answer.body) throw new Error(`HTTP ${answer.status}`);
  const kit = verifyKit();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [rest, lines] = ['', 0];
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      kit.take(line, ++lines);
      if (lines % TELL_EVERY === 0) tell({ lines });
    }
    if (done) break;
  }
  const { checks, difference, compared } = kit.finish();
  tell({ verdict: { checks, difference, compared } });
}

function tell(message: VerifyListMessage): void {
  postMessage(message);
}
