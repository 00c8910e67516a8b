import { randomUUID } from 'node:crypto';
import { parseStandardNumber } from '../../domain/standards/number.ts';
import { authorise } from '../../services/context.ts';
import { createDraft } from '../../services/declarations/drafts.ts';
import { searchStandards } from '../../services/standards/read-standards.ts';
import { EntryPage, type EntryProps } from '../../views/declarations/entry-page.tsx';
import { taskAddress } from '../../views/declarations/form-props.ts';
import type { Http } from '../fastify.ts';
import { memberOf } from './desk.ts';
import { type Asked, contextFor, frameFor, keyedContext } from './drafting.ts';
import { type Pages, sendPrivatePage } from './frame.ts';

const MOST_FOUND = 20;

interface Chosen {
  readonly kind: EntryProps['kind'];
  readonly typed: string | null;
  /** The number that was picked; empty for the one that was typed, undefined before a choice. */
  readonly standard: string | undefined;
}

/** Which kind of standard; what is chosen begins a draft. */
export function entryPages(http: Http, pages: Pages): void {
  http.get('/desk/decl/new', async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    const asked = { request, reply, pages };
    authorise(contextFor(asked), 'draft.save');
    return sendEntry(asked, chosenIn(request.query), []);
  });
  http.post('/desk/decl/new', async (request, reply) => {
    const asked = { request, reply, pages };
    authorise(contextFor(asked), 'draft.save');
    const frame = frameFor(asked);
    const chosen = chosenIn(request.body);
    const { kind, typed, standard } = chosen;
    if (kind === '') return sendEntry(asked, chosen, [{ field: 'own', message: frame.t.entry.pick }], 422);
    if (kind === 'common' && !typed)
      return sendEntry(asked, chosen, [{ field: 'q', message: `${frame.t.form.please}${frame.t.entry.search}` }], 422);
    if (kind === 'common' && standard === undefined)
      return sendEntry(asked, chosen, [{ field: 'standards', message: frame.t.entry.pick }], 422);
    const content = {
      subject: 'product',
      standard: kind === 'own' ? {} : await standardOf(asked, standard || typed || ''),
    };
    const draft = await createDraft(keyedContext(asked, request.body as Record<string, unknown>), content);
    return reply.redirect(taskAddress(frame, draft.id), 303);
  });
}

function chosenIn(given: unknown): Chosen {
  const { kind, q, standard } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const typed = typeof q === 'string' ? q.trim().slice(0, 100) : '';
  return {
    kind: kind === 'own' || kind === 'common' ? kind : typed === '' ? '' : 'common',
    typed: typed === '' ? null : typed,
    standard: typeof standard === 'string' ? standard : undefined,
  };
}

/** Number, name and dates of the catalogue; of a number that it lacks, the number. */
async function standardOf({ pages }: Asked, number: string) {
  const parsed = parseStandardNumber(number);
  const found = parsed.ok
    ? await searchStandards(pages.settings.database, { query: parsed.value.canonical, limit: 1 })
    : [];
  const [one] = found;
  if (!parsed.ok || one?.compact !== parsed.value.compact) return { number };
  const { standard } = one;
  return {
    number: standard.number,
    name: standard.nameZh,
    ...(standard.issuedOn ? { issuedOn: standard.issuedOn } : {}),
    ...(standard.effectiveOn ? { effectiveOn: standard.effectiveOn } : {}),
  };
}

async function sendEntry(asked: Asked, { kind, typed }: Chosen, messages: EntryProps['messages'], status = 200) {
  const { reply, pages } = asked;
  const found =
    typed === null ? [] : await searchStandards(pages.settings.database, { query: typed, limit: MOST_FOUND });
  const page = EntryPage({
    frame: frameFor(asked),
    kind,
    typed,
    isNumber: typed !== null && parseStandardNumber(typed).ok,
    found: found.map(({ standard, status: of }) => ({ number: standard.number, name: standard.nameZh, status: of })),
    messages,
    idempotencyKey: randomUUID(),
  });
  return sendPrivatePage(reply, page, status);
}
