import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client, Credential } from './api.ts';
import { DEMO } from './tables.ts';

const FILES = [
  { file: 'standards.csv', kind: 'standards', type: 'text/csv' },
  { file: 'limits.json', kind: 'limits', type: 'application/json' },
] as const;

/** Brings the catalogue of standards and the limits that they set in, as the coordinating body does. */
export async function importCatalogue(api: Client, coordinating: Credential): Promise<void> {
  for (const { file, kind, type } of FILES) {
    const query = new URLSearchParams({ kind, extent: 'whole', source: `demo/catalogue/${file}` });
    const content = readFileSync(join(DEMO, 'catalogue', file));
    const { entries } = await api.postFile<{ entries: number }>(
      `/catalogue-snapshots?${query}`,
      coordinating,
      type,
      content,
    );
    process.stdout.write(`${kind === 'standards' ? '标准目录 catalogue' : '限值 limits'}: ${entries}\n`);
  }
}
