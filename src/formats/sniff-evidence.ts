const MAGIC = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const;

/** What a file of evidence is by its first bytes, whatever its name or sender says; null: nothing that is taken. */
export function sniffEvidence(first: Uint8Array): keyof typeof MAGIC | null {
  const types = Object.keys(MAGIC) as (keyof typeof MAGIC)[];
  return types.find((type) => MAGIC[type].every((byte, i) => first[i] === byte)) ?? null;
}
