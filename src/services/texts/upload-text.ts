import { checkPdf, type PdfFacts } from '../../formats/pdf/check-pdf.ts';
import { insertText } from '../../store/texts.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';

export interface UploadedText extends PdfFacts {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Keeps the text of an own standard, a PDF that carries nothing but a text. It is the enterprise's alone until a published
 * declaration names it. The same text again is the same text.
 */
export async function uploadText(
  context: ServiceContext,
  file: { readonly bytes: Uint8Array; readonly sha256: string },
): Promise<UploadedText> {
  authorise(context, 'text.upload');
  const { organisation, userId } = actingOrganisation(context);
  const checked = await checkPdf(file.bytes);
  return transact(context, async (tx) => {
    if (!checked.ok) throw invalid([checked.problem]);
    const { pages, hasTextLayer } = checked.value;
    const { sha256 } = file;
    const bytes = file.bytes.length;
    await insertText(
      tx,
      { sha256, organisationId: organisation.id, bytes, pages, hasTextLayer, uploadedBy: userId, uploadedAt: tx.now },
      file.bytes,
    );
    await audit(tx, context, 'text.upload', sha256, { bytes, pages });
    return { sha256, bytes, pages, hasTextLayer };
  });
}
