/** What a printed receipt carries, and its QR code: which version, and the first characters of its hash. */
export interface Proof {
  readonly id: string;
  readonly revision: number;
  /** The first sixteen hexadecimal characters of the SHA-256 of the version's bytes. */
  readonly sha256Prefix: string;
}

const PREFIX_LENGTH = 16;
const FORM = /^([!-~]{1,128})\.(\d{1,6})\.([0-9a-f]{16})$/u;

/** `91…X.D00000001.1.0123456789abcdef`: one piece without spaces, so that it can be typed from paper. */
export function formatProof({
  id,
  revision,
  sha256,
}: Omit<Proof, 'sha256Prefix'> & { readonly sha256: string }): string {
  return `${id}.${revision}.${sha256.slice(0, PREFIX_LENGTH)}`;
}

/** Reads a proof as scanned or typed; null when it is none. */
export function parseProof(typed: string): Proof | null {
  const [, id, revision, sha256Prefix] = FORM.exec(typed.trim()) ?? [];
  if (id === undefined || revision === undefined || sha256Prefix === undefined) return null;
  return { id, revision: Number(revision), sha256Prefix };
}
