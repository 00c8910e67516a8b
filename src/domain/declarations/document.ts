import { z } from 'zod';
import { sha256Hex } from '../bytes.ts';
import { type CanonicalValue, canonicalJson } from '../canonical.ts';
import { DECLARATION_EVENTS, DeclarationContent } from './content.ts';

/** One version of a declaration as it is hashed, logged, exported and compared. */
export const DeclarationDocument = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^[!-~]{1,128}$/u),
  revision: z.int().min(1),
  event: z.enum(DECLARATION_EVENTS),
  enterprise: z.strictObject({ code: z.string().min(1).max(18), name: z.string().min(1).max(200) }),
  /** Canonical and compact form of the declared number; `content.standard.number` keeps what was typed. */
  number: z.strictObject({ canonical: z.string().min(1).max(100), compact: z.string().min(1).max(100) }),
  content: DeclarationContent,
  /** Why it was revised, corrected or withdrawn, and from which day a withdrawal holds. */
  act: z
    .strictObject({
      reason: z.string().trim().min(1).max(500),
      on: z.iso.date().optional(),
      /** Of an end ordered by an authority. */
      order: z.strictObject({ authority: z.string(), number: z.string(), article: z.string() }).optional(),
    })
    .optional(),
});
export type DeclarationDocument = z.infer<typeof DeclarationDocument>;

/** The bytes that a receipt proves: RFC 8785 text of the document, and their SHA-256. */
export function writeDocument(document: DeclarationDocument): { readonly text: string; readonly sha256: string } {
  const written = canonicalJson(document satisfies object as unknown as CanonicalValue);
  return { text: written, sha256: sha256Hex(written) };
}
