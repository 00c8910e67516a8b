import { z } from 'zod';
import { formatRequirement } from '../indicators/requirement.ts';
import type { DeclarationContent } from './content.ts';

/** How a draft changes what is public: a new edition (修订), or putting right what was declared wrongly (修改). */
export const DRAFTED_CHANGES = ['revised', 'corrected'] as const;
export type DraftedChange = (typeof DRAFTED_CHANGES)[number];

/** What a draft keeps under `draft`, beside the content that it will declare; none of it is published. */
const DraftNote = z.object({
  /** Of a draft that changes a declaration: which, as its author read it. */
  change: z
    .object({
      id: z.string().max(128),
      revision: z.int().min(1),
      event: z.enum(DRAFTED_CHANGES),
      reason: z.string().trim().max(500).optional(),
    })
    .optional(),
  /** `withheld`: the text stays with the enterprise; only number and indicators are disclosed. */
  text: z.literal('withheld').optional(),
});
export type DraftNote = z.infer<typeof DraftNote>;

/** A stored draft, whoever wrote it, as the content it would declare and what it says of itself. */
export function readDraftNote(stored: unknown): {
  readonly content: Record<string, unknown>;
  readonly note: DraftNote;
} {
  const isRecord = stored !== null && typeof stored === 'object' && !Array.isArray(stored);
  const { draft, ...content } = (isRecord ? stored : {}) as Record<string, unknown>;
  const note = DraftNote.safeParse(draft ?? {});
  return { content, note: note.success ? note.data : {} };
}

/**
 * The draft of a change, filled from what is public. It is signed anew; a new edition has its own number and dates, and
 * names the one that it replaces.
 */
export function draftOfChange(
  published: DeclarationContent,
  change: { readonly id: string; readonly revision: number; readonly event: DraftedChange },
): Readonly<Record<string, unknown>> {
  const { commitment, text, ...content } = published;
  const signed = commitment ? { commitment: { signer: commitment.signer, capacity: commitment.capacity } } : {};
  const indicators = content.indicators.map(withoutWrittenRaw);
  const common = { ...content, indicators, ...signed, draft: { change } };
  if (change.event === 'corrected') return { ...common, ...(text ? { text } : {}) };
  const { number, issuedOn: _issued, effectiveOn: _effective, ...standard } = content.standard;
  return { ...common, standard: { ...standard, replaces: [number] } };
}

/** The draft without what stands at a pointer (RFC 6901): a field that no declaration has, and no input shows. */
export function withoutField(stored: unknown, at: string): unknown {
  const [, step = '', ...rest] = at.split('/');
  const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
  if (stored === null || typeof stored !== 'object' || !Object.hasOwn(stored, key)) return stored;
  const inner = (stored as Record<string, unknown>)[key];
  const kept = rest.length > 0 ? withoutField(inner, `/${rest.join('/')}`) : undefined;
  if (Array.isArray(stored)) return stored.map((item: unknown, i) => (String(i) === key ? kept : item));
  const { [key]: _dropped, ...others } = stored as Record<string, unknown>;
  return rest.length > 0 ? { ...stored, [key]: kept } : others;
}

/** What the register wrote from the parts would contradict them once they are edited; what was printed stays. */
function withoutWrittenRaw(indicator: DeclarationContent['indicators'][number]) {
  const { raw, ...parts } = indicator;
  const written = formatRequirement({ ...indicator, second: indicator.second ?? null });
  return raw && raw !== written ? indicator : parts;
}
