import type { DeclarationContent } from '../declarations/content.ts';
import type { Finding } from '../declarations/finding.ts';
import type { ReadDeclaration } from './row.ts';

/** A person's reason to leave warnings of these codes as they are, for every row of a file. */
export interface WaiverForAll {
  readonly codes: readonly string[];
  readonly reason: string;
  readonly person: string;
}

/** The content with the row's statement on what must be stated, and the file's waiver on its warnings; null where neither helps. */
export function answerFindings(
  content: DeclarationContent,
  found: readonly Finding[],
  statement: ReadDeclaration['statement'],
  waiver: WaiverForAll | null,
): DeclarationContent | null {
  const of = (severity: Finding['severity']) => found.filter((finding) => finding.severity === severity);
  const states = statement ? of('state') : [];
  const warns = waiver ? of('warn').filter(({ code }) => waiver.codes.includes(code)) : [];
  if (states.length + warns.length === 0) return null;
  return {
    ...content,
    ...(statement && states.length > 0
      ? { statements: [...(content.statements ?? []), ...answers(states, statement)] }
      : {}),
    ...(waiver && warns.length > 0 ? { waivers: [...(content.waivers ?? []), ...answers(warns, waiver)] } : {}),
  };
}

/** One answer to each code and thing, however often it was found. */
function answers(found: readonly Finding[], { reason, person }: { readonly reason: string; readonly person: string }) {
  const once = new Map(found.map(({ code, about }) => [`${code} ${about}`, { code, about, reason, person }]));
  return [...once.values()];
}
