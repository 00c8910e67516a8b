import { type CanonicalValue, canonicalJson } from '../canonical.ts';
import type { ForerunnerList } from './list.ts';

/** The list as one JSON document of one row a line; the SHA-256 of all of it names the edition. */
export function writeForerunnerList({ head, entries, removed, leftOut }: ForerunnerList): string {
  return `{"head":${canonical(head)},\n"entries":[${lines(entries)}],\n"removed":[${lines(removed)}],\n"leftOut":[${lines(leftOut)}]}\n`;
}

/** Reads an edition back from its bytes, without a look at whether it is right. */
export function readForerunnerList(text: string): ForerunnerList {
  return JSON.parse(text) as ForerunnerList;
}

function lines(rows: readonly object[]): string {
  return rows.length === 0 ? '' : `\n${rows.map(canonical).join(',\n')}\n`;
}

function canonical(value: object): string {
  return canonicalJson(value as CanonicalValue);
}
