import { text, type Fault, type Text } from '../domain/fault.ts';
import { type Opened, type Opening, transaction } from '../store/database.ts';
import { conflictingConstraint } from '../store/errors.ts';
import { lookUpAnswer, type StoredAnswer, storeAnswer } from '../store/idempotency.ts';
import { actingAs, type ServiceContext } from './context.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

interface Options<Answer> extends Pick<Opening, 'sequence' | 'isolation'> {
  /** What a repeated request is told instead of a secret that is shown once. */
  readonly remember?: (answer: Answer) => unknown;
}

/** Refusals that are answers: a repeat of the same request gets them again. Others may pass. */
const KEPT: readonly RefusalCode[] = ['invalid', 'forbidden', 'not-found', 'conflict', 'stale'];

/**
 * One act in one transaction. With an idempotency key, an act already answered is answered again with the same words, one
 * still running is refused (409), and a key used for another body is refused (422). The answer is stored with the effect.
 */
export async function transact<Answer>(
  context: ServiceContext,
  work: (tx: Opened) => Promise<Answer>,
  options: Options<Answer> = {},
): Promise<Answer> {
  const acting = actingAs(context);
  const key = context.idempotency;
  if (!key) return transaction(context.database, acting, work, options);
  const { owner } = acting;
  const remember = options.remember ?? ((answer: Answer): unknown => answer);
  try {
    return await transaction(
      context.database,
      acting,
      async (tx) => {
        const earlier = tx.selected as unknown as StoredAnswer & { readonly locked: boolean };
        if (!earlier.locked) throw inFlight();
        if (earlier.fingerprint !== null) throw new Earlier(earlier);
        return work(tx);
      },
      { ...options, select: lookUpAnswer(owner, key.key) },
      (answer) => storeAnswer(owner, key, 200, JSON.stringify(remember(answer) ?? null)),
    );
  } catch (error) {
    if (error instanceof Earlier) return replay<Answer>(context, error.stored);
    if (conflictingConstraint(error) === 'idempotency_keys_pkey') throw inFlight();
    if (error instanceof Refusal && KEPT.includes(error.code)) await keepRefusal(context, error);
    throw error;
  }
}

class Earlier extends Error {
  readonly stored: StoredAnswer;
  constructor(stored: StoredAnswer) {
    super('answered before');
    this.stored = stored;
  }
}

function replay<Answer>(context: ServiceContext, stored: StoredAnswer): Answer {
  if (stored.fingerprint !== context.idempotency?.fingerprint) {
    throw new Refusal(
      'key-reused',
      text('该 Idempotency-Key 已用于另一个请求', 'this Idempotency-Key was used for another request'),
      [
        {
          at: '#header/Idempotency-Key',
          code: 'key-reused',
          found: context.idempotency?.key ?? null,
          expected: text('每个不同的请求用一个新的键', 'a new key for each different request'),
          remedy: text('请换一个键再发送', 'send it again with a new key'),
        },
      ],
    );
  }
  context.onReplay?.();
  const answer: unknown = JSON.parse(stored.answer);
  if (stored.status === 200) return answer as Answer;
  const refused = answer as { code: RefusalCode; title: Text; faults: Fault[] };
  throw new Refusal(refused.code, refused.title, refused.faults);
}

async function keepRefusal(context: ServiceContext, refusal: Refusal): Promise<void> {
  const { idempotency } = context;
  if (!idempotency) return;
  const acting = actingAs(context);
  const { code, title, faults } = refusal;
  const answer = JSON.stringify({ code, title, faults });
  await transaction(
    context.database,
    acting,
    async () => undefined,
    {},
    () => storeAnswer(acting.owner, idempotency, 400, answer),
  );
}

function inFlight(): Refusal {
  return new Refusal(
    'in-flight',
    text('相同的请求正在处理', 'the same request is being processed'),
    [
      {
        at: '#header/Idempotency-Key',
        code: 'in-flight',
        found: null,
        expected: text('前一个请求处理完毕', 'the earlier request to finish'),
        remedy: text('请稍候用同一个键重试', 'try again shortly with the same key'),
      },
    ],
    1,
  );
}
