import { correctDeclaration } from '../../src/services/declarations/change-declaration.ts';
import type { Receipt } from '../../src/services/declarations/version.ts';
import {
  airPurifier,
  contextAs,
  declare,
  purifierIndicators,
  type TestOrganisation,
  type TestRegister,
} from './builders.ts';

/** A declaration with everything that a page may have to show, corrected once: barcodes, links, a waiver, a move. */
export async function declareRichly(
  register: TestRegister,
  enterprise: TestOrganisation | undefined,
): Promise<Receipt> {
  if (!enterprise) throw new Error('no enterprise');
  const number = 'Q/RICH 001-2026';
  const content = {
    standard: {
      number,
      name: '家用和类似用途空气净化器',
      issuedOn: '2026-04-01',
      effectiveOn: '2099-05-01',
      replaces: ['Q/RICH 001-2023'],
      references: ['GB/T 18801-2022', 'GB 4706.45-2008'],
      adopts: [{ number: 'IEC 63086-1:2020', relation: 'NEQ' as const }],
      jointWith: [{ enterprise: '另一家示例企业', number: 'Q/OTHER 7-2026' }],
    },
    products: [
      {
        name: '空气净化器 Аir',
        brand: '示例',
        specification: '520 m³/h',
        models: ['KJ520G-A1', 'KJ520G-A2'],
        barcodes: ['6901234567892'],
      },
    ],
    waivers: [{ code: 'name.confusable', about: '空气净化器 Аir', reason: '品牌专用字形', person: '王示例' }],
    migratedFrom: { platform: '原企业标准信息公共服务平台', id: 'Q-0001', publishedOn: '2023-05-04' },
  };
  const first = await declare(register, enterprise, { number, ...content });
  const indicators = purifierIndicators({ cleanAir: '520', efficacy: '12.00', noise: '55.0' });
  return correctDeclaration(
    contextAs(register, enterprise.admin),
    { id: first.id, revision: 1 },
    { content: airPurifier({ number, ...content, indicators }), reason: '噪声值录入有误' },
  );
}
