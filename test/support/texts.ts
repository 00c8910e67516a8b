import { createHash } from 'node:crypto';
import type { DeclarationContent } from '../../src/domain/declarations/content.ts';
import { requestWithholding } from '../../src/services/texts/withhold-text.ts';
import { type UploadedText, uploadText } from '../../src/services/texts/upload-text.ts';
import { contextAs, declare, type TestOrganisation, type TestRegister } from './builders.ts';
import { pdf, type PdfParts } from './pdf.ts';

/** Uploads a small text as an enterprise does. */
export function upload(register: TestRegister, enterprise: TestOrganisation, parts: PdfParts): Promise<UploadedText> {
  const bytes = pdf(parts);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return uploadText(contextAs(register, enterprise.admin), { bytes, sha256 });
}

/** How a declaration names a text. */
export function naming({ sha256, bytes }: UploadedText): DeclarationContent['text'] {
  return { sha256, bytes, name: '标准文本.pdf' };
}

/** A text that is published, with an order asked for, and one that is not. */
export async function uploadTexts(register: TestRegister, enterprise: TestOrganisation, regulator: TestOrganisation) {
  const published = await upload(register, enterprise, { text: 'published' });
  const own = await upload(register, enterprise, { text: 'own' });
  await declare(register, enterprise, { number: 'Q/TEXT 1-2026', text: naming(published) });
  const order = { reason: '侵犯他人权利', article: '《中华人民共和国标准化法》第三十五条' };
  const { id } = await requestWithholding(contextAs(register, regulator.admin), published.sha256, order);
  return { published, own, order: id };
}
