import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

export type TicketKind = 'object' | 'inspector';

/** Writes the 32 bytes of one ticket into `out`; `key` ends with its line feed. */
export type TicketWriter = (key: Uint8Array, out: Uint8Array) => void;

/**
 * Tickets of one draw: SHA-256(seed LF kind LF key LF) (rd1 §1.4). The seed alone fills the first of two blocks, so it is
 * compressed once and its state copied: a key of up to 46 bytes then costs one compression instead of two. `lead` is what
 * all keys begin with.
 */
export function ticketWriter(seed: string, kind: TicketKind, lead = ''): TicketWriter {
  const prefix = sha256.create().update(utf8ToBytes(`${seed}\n${kind}\n${lead}`));
  const state = prefix.clone();
  return (key, out) => {
    prefix._cloneInto(state);
    state.update(key).digestInto(out);
  };
}

/** One ticket as the 256-bit integer that decides the order; for a page that explains a draw. */
export function ticketNumber(seed: string, kind: TicketKind, key: string): bigint {
  const out = new Uint8Array(32);
  ticketWriter(seed, kind)(utf8ToBytes(`${key}\n`), out);
  return toInteger(out);
}

/** Bytes as a big-endian integer. */
export function toInteger(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let value = 0n;
  for (let i = 0; i < bytes.length; i += 8) value = (value << 64n) | view.getBigUint64(i);
  return value;
}
