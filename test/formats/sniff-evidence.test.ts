import { expect, test } from 'vitest';
import { sniffEvidence } from '../../src/formats/sniff-evidence.ts';

test.each([
  ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31], 'application/pdf'],
  ['a JPEG', [0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
  ['a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0], 'image/png'],
  ['an archive', [0x50, 0x4b, 0x03, 0x04], null],
  ['half a PNG', [0x89, 0x50, 0x4e, 0x47], null],
  ['a PDF behind something else', [0x0a, 0x25, 0x50, 0x44, 0x46, 0x2d], null],
  ['nothing', [], null],
] as const)('%s is known by its first bytes', (_, bytes, type) =>
  expect(sniffEvidence(Uint8Array.from(bytes))).toBe(type),
);
