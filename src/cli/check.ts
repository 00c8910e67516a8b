import { readFile } from 'node:fs/promises';
import { checkDeclaration } from '../domain/declarations/check.ts';
import { SIGNER_CAPACITIES, type SignerCapacity } from '../domain/declarations/commitment.ts';
import { type Finding, standing } from '../domain/declarations/finding.ts';
import type { DeclarationRules } from '../domain/declarations/rules.ts';
import { covers, RulePack, rulesOfPack, unknownCommitment } from '../domain/declarations/rule-pack.ts';
import { answerFindings } from '../domain/imports/answer.ts';
import { parseShape } from '../domain/shape.ts';
import { describeFault, type Io, orUsage, parseOrRefuse, UsageError } from './command.ts';
import { declarationsOf, type FileDeclaration, type Remark } from './declaration-files.ts';

export const help = `用法：lingpao check FILE --rules PACK [--json] [--category C] [--signer 姓名] [--capacity legal-representative|authorised-person]
离线校验声明，和登记库用同一规则：PACK 是 GET /api/v1/rule-pack 所得的规则包，其中的日期即校验日。
FILE：.json（一份声明或数组）、.jsonl（每行一份）、.csv、.xlsx（导入模板）。--category、--signer、--capacity 用于表格中未填的行。
只有登记库才知道的（类别是否存在、本企业编号是否已声明、文本是否已上传）不在此列。
退出码：0 都可以声明；1 有要改正或说明之处；2 用法有误或文件无法读取。

Usage: lingpao check FILE --rules PACK [--json] [--category C] [--signer NAME] [--capacity CAPACITY]
Checks declarations offline by the same rules as the register: PACK is what GET /api/v1/rule-pack gave; its day is the day
that is checked for. FILE: .json (one or an array), .jsonl (one a line), .csv, .xlsx (the import template). What only the
register knows (whether the category exists, the own number is taken, the text was uploaded) is not part of it.
Exit code: 0 all may be published; 1 something to correct or to state; 2 wrong usage or unreadable file.
`;

export function run(args: string[], io: Io): Promise<number> {
  return orUsage(io, async () => {
    const options = readOptions(args);
    if (options === null) {
      io.stdout(help);
      return 0;
    }
    const pack = await readPack(options.rules);
    const rules = rulesOfPack(pack);
    let [checked, wrong] = [0, 0];
    const given = { category: options.category, signer: options.signer, capacity: options.capacity, day: pack.day };
    for await (const declaration of declarationsOf(options.file, given)) {
      const verdict = check(declaration, pack, rules);
      checked++;
      if (!verdict.publishable) wrong++;
      io.stdout(options.json ? `${JSON.stringify(verdict)}\n` : describe(verdict));
    }
    if (!options.json)
      io.stdout(`${checked} 份已校验，${wrong} 份有问题 / checked, ${wrong} with something to do (${pack.day})\n`);
    return wrong > 0 ? 1 : 0;
  });
}

interface Verdict {
  readonly at: string;
  readonly number: string | null;
  readonly publishable: boolean;
  readonly findings: readonly (Finding | Remark)[];
}

function check(declaration: FileDeclaration, pack: RulePack, rulesOf: (category: string) => DeclarationRules): Verdict {
  const { at, content, statement, remarks, place } = declaration;
  if (!content.ok) {
    const faults = content.problem.map((fault) => ({ ...fault, severity: 'refuse' as const, at: place(fault) }));
    return { at, number: null, publishable: false, findings: [...faults, ...remarks] };
  }
  const { category, standard } = content.value;
  if (!covers(pack, category))
    throw new UsageError(`${at}: 规则包只含 ${pack.category}，不含 ${category} / the pack is of another category`);
  const found = checkDeclaration(content.value, rulesOf(category));
  const answered = answerFindings(content.value, standing(found.findings), statement, null);
  const { findings } = answered ? checkDeclaration(answered, rulesOf(category)) : found;
  const publishable = standing(findings).length === 0 && remarks.every(({ severity }) => severity === 'note');
  return {
    at,
    number: standard.number,
    publishable,
    findings: [...findings.map((one) => ({ ...one, at: place(one) })), ...remarks],
  };
}

const SEVERITY = {
  refuse: '必须改正 correct',
  state: '须明示 state',
  warn: '请改正或说明 correct or say why',
  note: '提示 note',
} as const;

function describe({ at, number, publishable, findings }: Verdict): string {
  const head = `${publishable ? '✓' : '✗'} ${at} ${number ?? ''}\n`;
  const found = findings.map((finding) => {
    const answered = 'answered' in finding && finding.answered ? '（已说明 answered）' : '';
    const { severity, ...fault } = finding;
    return `  ${SEVERITY[severity ?? 'refuse']} ${finding.code}${answered}\n${describeFault(fault)}`;
  });
  return [head, ...found].join('');
}

interface Options {
  readonly file: string;
  readonly rules: string;
  readonly json: boolean;
  readonly category: string | null;
  readonly signer: string | null;
  readonly capacity: SignerCapacity | null;
}

function readOptions(args: string[]): Options | null {
  const word = { type: 'string' } as const;
  const { values, positionals } = parseOrRefuse({
    args,
    allowPositionals: true,
    options: {
      rules: word,
      category: word,
      signer: word,
      capacity: word,
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('缺少文件 FILE / the file FILE is missing');
  if (more.length > 0) throw new UsageError(`多余的参数 / too many arguments: ${more.join(' ')}`);
  if (!values.rules) throw new UsageError('缺少 --rules PACK / --rules PACK is missing');
  const capacity = SIGNER_CAPACITIES.find((known) => known === values.capacity) ?? null;
  if (values.capacity !== undefined && capacity === null)
    throw new UsageError(`--capacity: ${values.capacity}；应为 expected ${SIGNER_CAPACITIES.join(' | ')}`);
  const { category = null, signer = null, json = false } = values;
  return { file, rules: values.rules, json, category, signer, capacity };
}

async function readPack(file: string): Promise<RulePack> {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`无法读取文件 / cannot read the file: ${file} (${error.code})`);
  });
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new UsageError(`规则包不是合法的 JSON / the pack is not JSON: ${file}: ${(error as Error).message}`);
  }
  const pack = parseShape(RulePack, json);
  if (!pack.ok) {
    const [first] = pack.problem;
    throw new UsageError(`规则包有误 / the pack is wrong: ${file}\n${first ? describeFault(first) : ''}`);
  }
  const unknown = unknownCommitment(pack.value);
  if (unknown !== null)
    throw new UsageError(
      `规则包比本程序新：承诺书第 ${unknown} 版 / the pack is newer than this program: commitment ${unknown}`,
    );
  return pack.value;
}
