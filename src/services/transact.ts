import { text, type Fault, type Text } from '../domain/fault.ts';
import { type Acting, type Opened, type Opening, transaction } from '../store/database.ts';
import { conflictingConstraint } from '../store/errors.ts';
import { lookUpAnswer, type StoredAnswer, storeAnswer } from '../store/idempotency.ts';
import { actingAs, type ServiceContext } from './context.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

interface Options<Answer> extends Pick<Opening, 'sequence' | 'isolation'> {
  /** For an act of the public that makes the organisation it then acts for. */
  readonly acting?: Acting;
  /** What a repeated request is told instead of a secret that is shown once. */
  readonly remember?: (answer: Answer) => unknown;
  /** Turns what the database refused into a refusal in the words of the act, or gives it back as it is. */
  readonly explain?: (error: unknown) => unknown;
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
  const acting = options.acting ?? actingAs(context);
  try {
    return await once(context, acting, work, options);
  } catch (error) {
    const used = conflictingConstraint(error) !== null;
    return answerFailure<Answer>(context, acting, error, used, options.explain);
  }
}

/**
 * One act that the store does in one statement, with the answer stored beside its effect: one round trip for what comes in
 * thousands. `act` gives null while the same request is under way; it promises what `transact` promises.
 */
export async function actOnce<Answer>(
  context: ServiceContext,
  act: (acting: Acting, key: ServiceContext['idempotency']) => Promise<Answer | null>,
  explain: (error: unknown) => unknown,
): Promise<Answer> {
  const acting = actingAs(context);
  try {
    const answer = await act(acting, context.idempotency);
    if (answer === null) throw inFlight();
    return answer;
  } catch (error) {
    // What was refused before the key was looked up may be a repeat all the same.
    const used = conflictingConstraint(error) !== null || (error instanceof Refusal && KEPT.includes(error.code));
    return answerFailure<Answer>(context, acting, error, used, explain);
  }
}

/** What the same request was answered before, or null: for an act whose input is gone once it is done. */
export async function answeredBefore<Answer>(context: ServiceContext): Promise<Answer | null> {
  const stored = await earlierAnswer(context, actingAs(context), null, true);
  return stored ? replay<Answer>(context, stored) : null;
}

/** The earlier answer where the key was used, else what the failure means, kept for repeats if it is an answer. */
async function answerFailure<Answer>(
  context: ServiceContext,
  acting: Acting,
  error: unknown,
  mayBeUsed: boolean,
  explain: Options<Answer>['explain'],
): Promise<Answer> {
  const stored = await earlierAnswer(context, acting, error, mayBeUsed);
  if (stored) return replay<Answer>(context, stored);
  const explained = error instanceof Refusal ? error : await explain?.(error);
  if (explained instanceof Refusal && KEPT.includes(explained.code)) await keepRefusal(context, acting, explained);
  throw explained ?? error;
}

function once<Answer>(
  context: ServiceContext,
  acting: Acting,
  work: (tx: Opened) => Promise<Answer>,
  options: Options<Answer>,
): Promise<Answer> {
  const key = context.idempotency;
  if (!key) return transaction(context.database, acting, work, options);
  const remember = options.remember ?? ((answer: Answer): unknown => answer);
  return transaction(
    context.database,
    acting,
    async (tx) => {
      const earlier = tx.selected as unknown as LookedUp;
      if (!earlier.locked) throw inFlight();
      if (earlier.fingerprint !== null) throw new Earlier(earlier);
      return work(tx);
    },
    { ...options, select: lookUpAnswer(acting.owner, key.key) },
    (answer) => storeAnswer(acting.owner, key, 200, JSON.stringify(remember(answer) ?? null)),
  );
}

type LookedUp = StoredAnswer & { readonly locked: boolean };

/** The answer that was found first, or that the same request was given between our first look and our write. */
async function earlierAnswer(
  context: ServiceContext,
  acting: Acting,
  error: unknown,
  mayBeUsed: boolean,
): Promise<StoredAnswer | null> {
  if (error instanceof Earlier) return error.stored;
  if (!context.idempotency || !mayBeUsed) return null;
  const select = lookUpAnswer(acting.owner, context.idempotency.key);
  const found = await transaction(context.database, acting, async (tx) => tx.selected, { select });
  const stored = found as unknown as LookedUp;
  return stored.fingerprint === null ? null : stored;
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

async function keepRefusal(context: ServiceContext, acting: Acting, refusal: Refusal): Promise<void> {
  const { idempotency } = context;
  if (!idempotency) return;
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
