import { verifyKit } from '../src/domain/rankings/kit.ts';
import { verifyDraw } from '../src/domain/spot-checks/verify.ts';
import type { Client } from './api.ts';

export interface Checked {
  readonly problems: readonly string[];
  readonly says: string;
}

/** Downloads the kit of an edition, recomputes the list here, and compares the bytes. */
export async function checkList(
  api: Client,
  list: string,
  edition: number,
): Promise<Checked & { readonly compared: number }> {
  const kit = verifyKit();
  const lines = text(await api.bytes(`/ranking-lists/${list}/${edition}/kit`)).split('\n');
  for (const [i, line] of lines.entries()) if (line !== '') kit.take(line, i + 1);
  const { head, compared, checks } = kit.finish();
  const problems = checks
    .filter(({ holds }) => !holds)
    .map(({ name, found, expected }) => `${list}: ${name} is ${found}, expected ${expected}`);
  const says = `${head.entries} 上榜 listed, ${head.excluded} 未上榜 left out${head.overall ? `, 一级 grade 1: ${head.grades[1]}` : '，仅单项分档 tiers only'}，复算一致 recomputed equal`;
  return { problems, says: problems.length === 0 ? says : '不一致 differs', compared };
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
