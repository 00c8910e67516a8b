import { deflateSync } from 'node:zlib';

/** Parts of a small PDF that tests vary. */
export interface PdfParts {
  readonly text?: string;
  readonly pages?: number;
  /** Further entries of the catalogue. */
  readonly catalog?: string;
  /** Further entries of the trailer. */
  readonly trailer?: string;
  /** Further objects, by number from 100 on. */
  readonly objects?: readonly string[];
}

/** A PDF by hand, with a right cross-reference table. */
export function pdf({ text = 'Standard', pages = 1, catalog = '', trailer = '', objects = [] }: PdfParts = {}): Buffer {
  const kids = Array.from({ length: pages }, (_, i) => `${10 + i * 2} 0 R`).join(' ');
  const content = text === '' ? '0 0 10 10 re f' : `BT /F1 12 Tf 50 700 Td (${text}) Tj ET`;
  const all = new Map<number, string>([
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`],
    [2, `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`],
    [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    ...Array.from({ length: pages }).flatMap((_, i): [number, string][] => [
      [
        10 + i * 2,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${11 + i * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      ],
      [11 + i * 2, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`],
    ]),
    ...objects.map((object, i): [number, string] => [100_000 + i, object]),
  ]);
  let body = '%PDF-1.7\n';
  const offsets: string[] = [];
  for (const [number, object] of all) {
    offsets.push(`${number} 1\n${String(body.length).padStart(10, '0')} 00000 n \n`);
    body += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const xref = `xref\n0 1\n0000000000 65535 f \n${offsets.join('')}`;
  const end = `trailer\n<< /Size 100100 /Root 1 0 R ${trailer} >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + xref + end, 'latin1');
}

/** An object stream that holds one object, as writers compress it. */
export function objectStream(object: string, filter = '/Filter /FlateDecode'): string {
  const content = deflateSync(Buffer.from(`7 0 ${object}`, 'latin1')).toString('latin1');
  return `<< /Type /ObjStm /N 1 /First 4 ${filter} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}
