import { sha256Hex } from '../src/domain/bytes.ts';
import { comparison } from '../src/domain/comparisons/compare.ts';
import type { DeclarationDocument } from '../src/domain/declarations/document.ts';
import { compared, type ListHead, rank, writeList } from '../src/domain/rankings/list.ts';
import { Scheme } from '../src/domain/schemes/scheme.ts';
import { verifyDraw } from '../src/domain/spot-checks/verify.ts';
import type { Client } from './api.ts';

export interface Checked {
  readonly problems: readonly string[];
  readonly says: string;
}

/** Downloads a list with its inputs and its scheme, recomputes it here, and compares the bytes. */
export async function checkList(
  api: Client,
  list: string,
  edition: number,
): Promise<Checked & { readonly compared: number }> {
  const published = await api.get<{ run: string; sha256: string; head: ListHead }>(
    `/ranking-lists/${list}/${edition}?limit=1`,
  );
  const { head } = published;
  const file = text(await api.bytes(`/ranking-lists/${list}/${edition}/file`));
  const inputs = text(await api.bytes(`/comparison-runs/${published.run}/inputs`));
  const schemeText = text(await api.bytes(`/schemes/${head.scheme.code}/${head.scheme.version}`));
  const scheme = Scheme.parse(JSON.parse(schemeText));
  const compare = comparison(scheme);
  const lines = inputs.split('\n').filter(Boolean);
  const rows = lines.map((line) => {
    const document = JSON.parse(line) as DeclarationDocument;
    return compared(document, sha256Hex(line), compare(document));
  });
  const recomputed = rank(scheme, rows, {
    logSize: head.logSize,
    inputs: { count: lines.length, sha256: sha256Hex(inputs) },
    schemeSha256: sha256Hex(schemeText),
  });
  const bytes = [...writeList(recomputed)].map(([, line]) => line).join('');
  const problems: string[] = [];
  if (sha256Hex(file) !== published.sha256) problems.push(`${list}: the file is not the one that was published`);
  if (bytes !== file) problems.push(`${list}: recomputing gives another list`);
  const says = `${head.entries} 上榜 listed, ${head.excluded} 未上榜 left out${head.overall ? `, 一级 grade 1: ${head.grades[1]}` : '，仅单项分档 tiers only'}，复算一致 recomputed equal`;
  return { problems, says: problems.length === 0 ? says : '不一致 differs', compared: lines.length };
}

/** Downloads a draw's files and checks everything that they let one check. */
export async function checkDraw(api: Client, id: string): Promise<Checked> {
  const draw = await api.get<{ files: { name: string }[]; objects: unknown[]; findings: { state: string }[] }>(
    `/draws/${id}`,
  );
  const files = new Map<string, Uint8Array>();
  for (const { name } of draw.files) files.set(name, await api.bytes(`/draws/${id}/files/${name}`));
  const checks = verifyDraw(files);
  const failed = checks.filter((check) => check.status === 'failed');
  const published = draw.findings.filter((finding) => finding.state === 'published').length;
  const problems = failed.map((check) => `${id}: ${check.name} failed`);
  if (published !== draw.objects.length)
    problems.push(`${id}: ${published} findings published for ${draw.objects.length} drawn objects`);
  return {
    problems,
    says: `${draw.objects.length} 抽中 drawn, ${published} 结果公布 findings published, ${checks.filter((check) => check.status === 'passed').length} 项核验通过 checks passed`,
  };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
