/** The files of a published draw; a directory of these is all that anybody needs to run it again (rd1 §1.3). */
export const REQUIRED_FILES = ['plan.json', 'frame.tsv', 'roster.tsv', 'avoid.tsv', 'seed.txt'] as const;
export const OPTIONAL_FILES = ['exclude.tsv', 'recuse.tsv', 'result.tsv', 'entropy.json'] as const;
export type PublishedFile = (typeof REQUIRED_FILES)[number] | (typeof OPTIONAL_FILES)[number];

/** The bytes of a draw's files by name; an absent optional file is simply not a key. */
export type PublishedFiles = ReadonlyMap<string, Uint8Array>;

/** The characters of each name (rd1 §1.3, §1.9). Printable ASCII only, so byte order is the order of code units. */
export const UNIT_ID = /^[!-~]{1,128}$/;
export const STRATUM_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const DRAW_NAME = STRATUM_NAME;
export const PARTY_NAME = STRATUM_NAME;
export const INSPECTOR_NAME = /^[!-~]{1,64}$/;
export const SHA256_HEX = /^[0-9a-f]{64}$/;
export const WEIGHT = /^(?:[1-9][0-9]{0,8}|1000000000)$/;
export const STRATA_LIST = /^(?:\*|[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?:,[A-Za-z0-9][A-Za-z0-9._-]{0,63})*)$/;
