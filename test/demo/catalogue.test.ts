import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkCatalogue } from '../../src/domain/standards/catalogue-file.ts';
import { checkLimits } from '../../src/domain/standards/limit-entry.ts';
import { statusOn } from '../../src/domain/standards/in-force.ts';
import { readLimits, readStandards } from '../../src/services/standards/read-entries.ts';
import { projectRoot } from '../../src/project-root.ts';

it('the committed catalogue and limits are right, and agree', async () => {
  const file = (name: string) => readFileSync(join(projectRoot, 'demo', 'catalogue', name));
  const rows = await readStandards(file('standards.csv'), 'csv', '2026-11-22');
  const limits = await readLimits(file('limits.json'), 'json');
  const standards = new Map(rows.map(({ compact, standard }) => [compact, standard]));
  expect(rows.length).toBe(102);
  expect(checkCatalogue(rows)).toEqual([]);
  expect(limits.every(({ standard }) => standards.has(standard))).toBe(true);
  expect(checkLimits(limits, (compact) => standards.get(compact) ?? null)).toEqual([]);
  const status = (number: string) => statusOn(standards.get(number) ?? {}, '2026-11-22');
  expect(['GB25502-2017', 'GB25502-2024', 'GB38448-2019', 'GB38448-2025', 'GB34914-2016'].map(status)).toEqual([
    'withdrawn',
    'current',
    'current',
    'upcoming',
    'withdrawn',
  ]);
});
