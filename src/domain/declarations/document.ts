import { sha256Hex } from '../bytes.ts';
import { type CanonicalValue, canonicalJson } from '../canonical.ts';
import type { DeclarationContent, DeclarationEvent } from './content.ts';

/** One version of a declaration as it is hashed, logged, exported and compared. */
export interface DeclarationDocument {
  readonly v: 1;
  readonly id: string;
  readonly revision: number;
  readonly event: DeclarationEvent;
  readonly enterprise: { readonly code: string; readonly name: string };
  /** Canonical and compact form of the declared number; `content.standard.number` keeps what was typed. */
  readonly number: { readonly canonical: string; readonly compact: string };
  readonly content: DeclarationContent;
}

/** The bytes that a receipt proves: RFC 8785 text of the document, and their SHA-256. */
export function writeDocument(document: DeclarationDocument): { readonly text: string; readonly sha256: string } {
  const written = canonicalJson(withoutUndefined(document) as CanonicalValue);
  return { text: written, sha256: sha256Hex(written) };
}

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
