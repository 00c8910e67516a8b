import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Assets, kilobytesOf, readAssets } from '../../src/http/pages/assets.ts';
import { projectRoot } from '../../src/project-root.ts';
import { buildAssets } from '../support/assets.ts';

let assets: Assets;
beforeAll(async () => {
  await buildAssets();
  assets = readAssets(join(projectRoot, 'dist', 'public'));
});

// Brotli on the wire; what the user interface may weigh (design: 6, 2 and 12 kB).
test.each([
  ['the style sheet', (given: Assets) => given.style, 6],
  ['the program of every page', (given: Assets) => given.enhance, 2],
  ['the grid, before its rules are fetched', (given: Assets) => given.islands['indicator-grid'], 4],
  ['the grid with its rules', (given: Assets) => given.islands['indicator-grid'], 12 + 11],
  ['what saves while someone types', (given: Assets) => given.islands['autosave'], 3],
  ['the live preview of a scheme', (given: Assets) => given.islands['scheme-preview'], 2],
  ['the verifier, before it runs', (given: Assets) => given.islands['verify-draw'], 12],
  ['the verifier of lists, before it runs', (given: Assets) => given.islands['verify-list'], 12],
  // The whole engine with exact decimals and the shapes of declarations; fetched only when the reader asks.
  ['the worker of the verifier of lists', (given: Assets) => given.islands['verify-list-worker'], 64],
  // Curve arithmetic for beacons; fetched only when the reader asks, and the button says how much.
  ['the verifier’s worker', (given: Assets) => given.islands['verify-draw-worker'], 64],
] as const)('%s is within its budget', (name, address, most) => {
  const given = address(assets) ?? '';
  const own = (assets.files.get(given.replace('/assets/', ''))?.br.length ?? Infinity) / 1000;
  const all = kilobytesOf(assets, given);
  expect(name.includes('before') ? own : all).toBeLessThanOrEqual(most);
});
