import { sha256Hex } from '../bytes.ts';
import { type Fault, fault, text } from '../fault.ts';
import { err, type Result } from '../result.ts';
import { parseFrame, type SamplingFrame } from './frame.ts';
import { type Exclusion, type Inspector, type Pair, parseExclusions, parsePairs, parseRoster } from './lists.ts';
import type { PublishedFile, PublishedFiles } from './names.ts';
import { type DrawPlan, parsePlan } from './plan.ts';
import { parseSeed, type Seed } from './seed.ts';

type Read<Value> = Result<Value, readonly Fault[]>;

/** Each published file read on its own; a fault in one does not hide the others. */
export interface PublishedDraw {
  readonly plan: Read<DrawPlan>;
  readonly frame: Read<SamplingFrame>;
  readonly roster: Read<readonly Inspector[]>;
  readonly avoid: Read<readonly Pair[]>;
  readonly seed: Read<Seed>;
  readonly exclude: Read<readonly Exclusion[]>;
  readonly recuse: Read<readonly Pair[]>;
}

/** Reads the files of a draw; an absent exclude.tsv or recuse.tsv counts as empty (rd1 §1.9). */
export function readPublished(files: PublishedFiles): PublishedDraw {
  const read = <Value>(name: PublishedFile, parse: (bytes: Uint8Array) => Read<Value>): Read<Value> => {
    const bytes = files.get(name);
    return bytes === undefined ? err([missingFile(name)]) : parse(bytes);
  };
  return {
    plan: read('plan.json', parsePlan),
    frame: read('frame.tsv', parseFrame),
    roster: read('roster.tsv', parseRoster),
    avoid: read('avoid.tsv', (bytes) => parsePairs('avoid.tsv', bytes)),
    seed: read('seed.txt', parseSeed),
    exclude: parseExclusions(files.get('exclude.tsv') ?? NOTHING),
    recuse: parsePairs('recuse.tsv', files.get('recuse.tsv') ?? NOTHING),
  };
}

const NOTHING = new Uint8Array(0);

/** Frame, roster and avoid are the ones that the plan names by hash. */
export function checkPlanHash(
  name: 'frame' | 'roster' | 'avoid',
  files: PublishedFiles,
  plan: DrawPlan,
): readonly Fault[] {
  const file: PublishedFile = `${name}.tsv`;
  const bytes = files.get(file);
  if (bytes === undefined) return [missingFile(file)];
  return compareHash(file, file, sha256Hex(bytes), plan[name], `plan.json#/${name}`);
}

/** The seed was made for this very plan.json. If not, either file may be the changed one, so both are named. */
export function checkSeedPlan(files: PublishedFiles, seed: Seed): readonly Fault[] {
  const bytes = files.get('plan.json');
  if (bytes === undefined) return [missingFile('plan.json')];
  const found = sha256Hex(bytes);
  return [
    ...compareHash('plan.json', 'plan.json', found, seed.plan, 'seed.txt:2'),
    ...compareHash('seed.txt', 'seed.txt:2', seed.plan, found, 'plan.json'),
  ];
}

function compareHash(
  file: PublishedFile,
  at: string,
  found: string,
  expected: string,
  source: string,
): readonly Fault[] {
  if (found === expected) return [];
  return [
    fault(
      at,
      'draw.hash',
      found,
      text(`与 ${source} 相符的 SHA-256 ${expected}`, `the SHA-256 ${expected}, to agree with ${source}`),
      text(`使用当时公布的 ${file}；文件不得改动一个字节`, `use ${file} as it was published; not one byte may change`),
    ),
  ];
}

function missingFile(file: PublishedFile): Fault {
  return fault(
    file,
    'draw.file-missing',
    null,
    text(`文件 ${file}`, `the file ${file}`),
    text('从抽取的公开页面下载', 'download it from the page of the draw'),
  );
}
