import type { Loose } from './cells.ts';

/** A filled scheme for the template: invented thresholds, every notation of a cell once. */
export function exampleScheme(): Loose {
  return {
    code: 'EXAMPLE-1',
    version: 1,
    title: { zh: '空气净化器（示例）', en: 'Air purifiers (example)' },
    category: 'C3464.air-purifier',
    scope: { zh: '家用和类似用途的空气净化器，不含车载产品', en: 'Household air purifiers, not those for cars' },
    method: 'weakest-core',
    innovation: [{ grade: 1, atLeast: 1, level: 'average' }],
    listed: 3,
    listMonths: 12,
    objectionDays: 7,
    validFrom: '2026-07-01',
    validTo: '2027-06-30',
    basis: '示例，限值为虚构',
    requirements: [
      {
        code: 'no-accident',
        text: {
          zh: '三年内无重大质量、安全、环境事故',
          en: 'No serious quality, safety or environmental accident in three years',
        },
        evidence: 'commitment',
      },
    ],
    indicators: [
      {
        code: 'cadr',
        name: { zh: '颗粒物洁净空气量', en: 'Particle clean air delivery rate' },
        aliases: ['洁净空气量', 'CADR'],
        kind: 'core',
        direction: 'higher',
        unit: 'm³/h',
        plausible: { min: '1', max: '3000' },
        testMethods: ['GB/T 18801-2022'],
        missing: 'no-grade',
        levels: [{ advanced: '500', average: '400', baseline: '300', confidence: { advanced: 'background' } }],
      },
      {
        code: 'noise',
        name: { zh: '噪声', en: 'Noise' },
        kind: 'core',
        direction: 'lower',
        unit: 'dB(A)',
        repeated: 'worst',
        levels: [
          {
            when: [
              { parameter: '额定功率', operator: 'lte', value: '100', unit: 'W' },
              { parameter: '型式', operator: 'in', values: ['落地式', '台式'] },
            ],
            advanced: '50',
            average: '58',
            baseline: '66',
            lower: [{ name: '4级', threshold: '68', confidence: 'background' }],
            floor: { threshold: '70', standard: '示例标准' },
          },
          { advanced: '55', average: '60', baseline: '68' },
        ],
      },
      {
        code: 'filter-sign',
        name: { zh: '滤材寿命提示', en: 'Sign of the filter’s end' },
        kind: 'innovation',
        direction: 'ordered-text',
        order: ['按实际负荷', '按使用时间', '无'],
        missing: 'show-only',
        levels: [{ advanced: '按实际负荷', average: '按使用时间' }],
      },
    ],
  };
}
