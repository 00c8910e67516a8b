import type { z } from 'zod';
import type { DeclarationContent } from '../src/domain/declarations/content.ts';

/** A declaration of six indicators, as large as a usual one. */
export function benchContent(
  number: string,
  values: readonly string[] = ['187.0', '150.0', '54', '7.65', '4.75', '3.05'],
): z.input<typeof DeclarationContent> {
  const indicator = (name: string, value: string, unit: string, comparator: '≥' | '≤') => ({
    name,
    kind: 'performance' as const,
    comparator,
    value,
    second: null,
    unit,
    testMethod: 'EN 14825:2018',
    raw: `${comparator} ${value} ${unit}`,
  });
  return {
    subject: 'product',
    category: 'C3464.heat-pump',
    standard: { number, name: '供暖用热泵', issuedOn: '2025-12-01', effectiveOn: '2026-01-01' },
    commitment: { version: 1, signer: '测速签署人', capacity: 'authorised-person' },
    products: [{ name: '供暖用热泵', models: ['HP-8-R290'] }],
    parameters: [
      { name: '额定制热量', value: '7.65', unit: 'kW' },
      { name: '热源类型', value: 'Outdoor Air/Water' },
    ],
    indicators: [
      indicator('低温工况供暖季节能效', values[0] ?? '', '%', '≥'),
      indicator('中温工况供暖季节能效', values[1] ?? '', '%', '≥'),
      indicator('室外侧声功率级', values[2] ?? '', 'dB(A)', '≤'),
      { ...indicator('额定制热量', values[3] ?? '', 'kW', '≥'), kind: 'function' },
      indicator('低温性能系数', values[4] ?? '', '1', '≥'),
      indicator('高温性能系数', values[5] ?? '', '1', '≥'),
    ],
  };
}
