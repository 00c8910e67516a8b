import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { parseProof } from '../../domain/declarations/proof.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findDeclaration, findVersion } from '../../store/declarations.ts';
import { findLogEntry } from '../../store/log.ts';

/** What the register holds of a printed proof. */
export type ReadProof =
  /** The register holds exactly this version. `newest` is the revision that is in force or ended it. */
  | {
      readonly kind: 'held';
      readonly document: DeclarationDocument;
      readonly documentSha256: string;
      readonly at: Date;
      readonly logIndex: number | null;
      readonly newest: { readonly revision: number; readonly state: string };
    }
  /** There is such a declaration, but no such version with this hash: the paper was altered. */
  | { readonly kind: 'other'; readonly id: string }
  /** The register never gave such a proof. */
  | { readonly kind: 'unknown' };

/** Looks up what a QR code or a typed proof names; public, and without any state of the reader. */
export async function readProof(database: Database, typed: string): Promise<ReadProof> {
  const proof = parseProof(typed);
  if (!proof) return { kind: 'unknown' };
  const [declaration, version] = await publicRead(database, (db) =>
    Promise.all([findDeclaration(db, proof.id), findVersion(db, proof.id, proof.revision)]),
  );
  if (!declaration) return { kind: 'unknown' };
  if (!version?.documentSha256.startsWith(proof.sha256Prefix)) return { kind: 'other', id: proof.id };
  const logged = await publicRead(database, (db) =>
    findLogEntry(db, `declaration.${version.event}`, proof.id, proof.revision),
  );
  return {
    kind: 'held',
    document: JSON.parse(version.document) as DeclarationDocument,
    documentSha256: version.documentSha256,
    at: version.at,
    logIndex: logged?.idx ?? null,
    newest: { revision: declaration.revision, state: declaration.state },
  };
}
