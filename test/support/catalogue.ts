import { sha256Hex } from '../../src/domain/bytes.ts';
import type { ImportKind } from '../../src/domain/standards/import-report.ts';
import type { ServiceContext } from '../../src/services/context.ts';
import { importCatalogue } from '../../src/services/standards/import-catalogue.ts';

export const TEST_STANDARD = {
  number: 'GB 19606-2004',
  nameZh: '家用和类似用途电器噪声限值',
  mandatory: true,
  effectiveOn: '2005-08-01',
};

/** A limit that a test declaration of an air purifier meets. */
export const TEST_LIMIT = {
  code: 'GB-19606-noise',
  category: 'C3464',
  force: 'mandatory',
  indicator: '噪声',
  direction: 'lower',
  value: '90',
  unit: 'dB(A)',
  standard: 'GB 19606-2004',
  validFrom: '2005-08-01',
};

/** Imports entries as the coordinating body does, as a part of the catalogue or of the limits. */
export async function importPart(context: ServiceContext, kind: ImportKind, entries: readonly unknown[]) {
  const bytes = Buffer.from(JSON.stringify(entries));
  const given = { kind, extent: 'part', source: '测试', format: 'json' } as const;
  return importCatalogue(context, given, { bytes, sha256: sha256Hex(bytes) });
}

/** One standard and one limit that it sets. */
export async function importEntries(context: ServiceContext): Promise<void> {
  await importPart(context, 'standards', [TEST_STANDARD]);
  await importPart(context, 'limits', [TEST_LIMIT]);
}
