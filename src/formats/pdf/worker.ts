import { parentPort, workerData } from 'node:worker_threads';
import { getDocument, VerbosityLevel } from 'unpdf/pdfjs';
import { forbiddenIn, type PdfProblem } from './forbidden.ts';

/** What a text is, or why it is none. */
export type PdfAnswer = { readonly pages: number; readonly hasTextLayer: boolean } | { readonly problem: PdfProblem };

/** Pages that are looked at for text: a scan has it on none. */
const PAGES_LOOKED_AT = 30;

async function look(bytes: Uint8Array): Promise<PdfAnswer> {
  const problem = forbiddenIn(bytes);
  if (problem) return { problem };
  const task = getDocument({
    data: bytes,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    const pages = document.numPages;
    for (let n = 1; n <= Math.min(pages, PAGES_LOOKED_AT); n++) {
      const { items } = await (await document.getPage(n)).getTextContent();
      if (items.some((item) => 'str' in item && item.str.trim() !== '')) return { pages, hasTextLayer: true };
    }
    return { pages, hasTextLayer: false };
  } catch (error) {
    return { problem: error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'structure' };
  }
}

void look(workerData as Uint8Array).then((answer) => parentPort?.postMessage(answer, []));
