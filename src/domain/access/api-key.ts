/** `lp_<kind>_<32 base62><6 base62 of CRC32>`: 190 random bits, and a checksum that secret scanners and we check first. */
export const API_KEY_PATTERN = /^lp_(?<kind>[a-z]{3})_(?<body>[0-9A-Za-z]{32})(?<check>[0-9A-Za-z]{6})$/u;
export const API_KEY_BODY_LENGTH = 32;

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** CRC-32 (IEEE 802.3) of ASCII text. */
export function crc32(ascii: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < ascii.length; i++) {
    crc ^= ascii.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The six base62 digits that end a key (the scheme of GitHub and npm tokens). */
export function apiKeyChecksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let i = 0; i < 6; i++) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** A key from 32 base62 characters of randomness, which the caller brings. */
export function formatApiKey(kind: 'ent' | 'org', body: string): string {
  return `lp_${kind}_${body}${apiKeyChecksum(body)}`;
}

/** Maps random bytes to base62 without bias: bytes of 248 and above are skipped. Null when too few bytes were usable. */
export function base62Body(random: Uint8Array): string | null {
  const digits = [...random].filter((byte) => byte < 248).map((byte) => BASE62.charAt(byte % 62));
  return digits.length < API_KEY_BODY_LENGTH ? null : digits.slice(0, API_KEY_BODY_LENGTH).join('');
}

/** Whether a text has the form and the checksum of a key; says nothing of whether it was ever issued. */
export function isWellFormedApiKey(key: string): boolean {
  const found = API_KEY_PATTERN.exec(key)?.groups;
  return found?.body !== undefined && apiKeyChecksum(found.body) === found.check;
}
