import { fault, text } from '../domain/fault.ts';
import { Refusal } from '../services/refusal.ts';

/** A file may take as long as this, if it keeps coming. */
export const FILE_MS = 600_000;
const PAUSE_MS = 15_000;
const RATE_FROM_MS = 30_000;
const LEAST_BYTES_A_SECOND = 8 * 1024;

/**
 * A file that is still coming in as a body. Its bytes are passed on as they come, and a sender who drips or never ends is
 * cut off by time and rate.
 */
export class IncomingFile {
  readonly #stream: AsyncIterable<Uint8Array>;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#stream = stream;
  }

  /** Nothing of it is known where requests are told apart; its key is bound to its hash later. */
  toJSON(): null {
    return null;
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    const began = performance.now();
    const chunks = this.#stream[Symbol.asyncIterator]();
    let received = 0;
    try {
      for (;;) {
        const { value, done } = await within(chunks.next(), PAUSE_MS);
        if (done) return;
        received += value.length;
        const took = performance.now() - began;
        const isSlow = took > RATE_FROM_MS && received / (took / 1000) < LEAST_BYTES_A_SECOND;
        if (took > FILE_MS || isSlow) throw tooSlow();
        yield value;
      }
    } finally {
      // Whatever still comes is not read; a stream that hangs is not waited for.
      void chunks.return?.().catch(() => undefined);
    }
  }
}

async function within<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(): Refusal {
  return new Refusal('invalid', text('上传过慢', 'the upload is too slow'), [
    fault(
      '',
      'file.too-slow',
      null,
      text('十分钟内传完，且不停顿', 'the whole file within ten minutes, without a pause'),
      text('请检查网络，或拆分文件后重试', 'check the network, or split the file, and try again'),
    ),
  ]);
}
