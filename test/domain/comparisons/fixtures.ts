import type { z } from 'zod';
import type { DeclaredIndicator } from '../../../src/domain/declarations/content.ts';
import type { DeclarationDocument } from '../../../src/domain/declarations/document.ts';
import { Scheme } from '../../../src/domain/schemes/scheme.ts';

type GivenScheme = z.input<typeof Scheme>;
type GivenIndicator = GivenScheme['indicators'][number];

export function indicator(code: string, changed: Partial<GivenIndicator> = {}): GivenIndicator {
  return {
    code,
    name: { zh: code, en: `${code} (en)` },
    kind: 'core',
    direction: 'higher',
    unit: '%',
    levels: [{ advanced: '90', average: '70', baseline: '50' }],
    ...changed,
  };
}

export function scheme(indicators: GivenIndicator[], changed: Partial<GivenScheme> = {}): Scheme {
  return Scheme.parse({
    v: 1,
    code: 'TEST',
    version: 1,
    title: { zh: '试', en: 'test' },
    category: 'C3464.heat-pump',
    method: 'weakest-core',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    indicators,
    ...changed,
  });
}

export function declared(
  name: string,
  comparator: DeclaredIndicator['comparator'],
  value: string,
  changed: Partial<DeclaredIndicator> = {},
): DeclaredIndicator {
  const unit = changed.unit ?? '%';
  return {
    name,
    kind: 'performance',
    comparator,
    value,
    second: null,
    unit,
    testMethod: 'GB/T 1-2020',
    raw: `${comparator} ${value} ${unit}`,
    ...changed,
  };
}

export function document(
  indicators: readonly DeclaredIndicator[],
  changed: {
    readonly id?: string;
    readonly code?: string;
    readonly number?: string;
    readonly parameters?: DeclarationDocument['content']['parameters'];
  } = {},
): DeclarationDocument {
  const number = changed.number ?? 'Q/A 1-2026';
  return {
    v: 1,
    id: changed.id ?? 'X.D1',
    revision: 1,
    event: 'published',
    enterprise: { code: changed.code ?? '91110000710925462X', name: '甲' },
    number: { canonical: number, compact: number.replaceAll(' ', '') },
    content: {
      subject: 'product',
      category: 'C3464.heat-pump',
      standard: { number, name: '标准', effectiveOn: '2026-01-01' },
      products: [{ name: '产品', models: ['M1'] }],
      parameters: changed.parameters ?? [],
      indicators: [...indicators],
    },
  };
}
