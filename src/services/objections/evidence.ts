import { sha256Hex } from '../../domain/bytes.ts';
import { type Fault, fault, text } from '../../domain/fault.ts';
import { EVIDENCE_TYPES, MOST_EVIDENCE_BYTES, MOST_EVIDENCE_FILES } from '../../domain/objections/vocabulary.ts';
import { sniffEvidence } from '../../formats/sniff-evidence.ts';
import type { Transaction } from '../../store/database.ts';
import { insertFile } from '../../store/objection-cases.ts';

/** A file as it was sent. */
export interface SentEvidence {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What keeps files from being taken: too many, too large, empty, or not what they say. */
export function checkEvidence(files: readonly SentEvidence[], already = 0): readonly Fault[] {
  const most = MOST_EVIDENCE_FILES - already;
  if (files.length > most) {
    const expected = text(`至多 ${MOST_EVIDENCE_FILES} 个文件`, `at most ${MOST_EVIDENCE_FILES} files`);
    return [fault('/evidence', 'evidence.count', already + files.length, expected, text('请减少文件', 'send fewer'))];
  }
  return files.flatMap(({ fileName, bytes }) => {
    if (bytes.length === 0 || bytes.length > MOST_EVIDENCE_BYTES) {
      const expected = text('每个文件 1 B–10 MiB', '1 B to 10 MiB each');
      return [
        fault('/evidence', 'evidence.size', fileName, expected, text('请压缩或拆分', 'make it smaller, or part it')),
      ];
    }
    if (sniffEvidence(bytes)) return [];
    const expected = text(EVIDENCE_TYPES.join('、'), EVIDENCE_TYPES.join(', '));
    return [
      fault(
        '/evidence',
        'evidence.type',
        fileName,
        expected,
        text('请另存为 PDF 或图片', 'save it as PDF or a picture'),
      ),
    ];
  });
}

export async function keepEvidence(
  tx: Transaction,
  number: string,
  files: readonly SentEvidence[],
  already = 0,
): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (const [i, { fileName, bytes }] of files.entries()) {
    const type = sniffEvidence(bytes);
    if (!type) throw new Error('evidence was not checked');
    const sha256 = sha256Hex(bytes);
    await insertFile(tx, { number, n: already + i + 1, fileName: fileName.slice(-200) || 'file', type, sha256 }, bytes);
    hashes.push(sha256);
  }
  return hashes;
}
