import { compareBytes, sha256Hex } from '../bytes.ts';
import { type Fault, type Text, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { PARTY_NAME, SHA256_HEX } from './names.ts';
import { blankLine, outOfOrder, repeated } from './table.ts';
import { checkTextFile, lineFault, splitLines } from './text-file.ts';

/** What fixes the draw: the plan, the outcome of its public events, and the secrets that were committed to. */
export interface Seed {
  /** SHA-256 of plan.json. */
  readonly plan: string;
  /** The planned events with their values, as one line; `parseOutcomes` takes it apart. */
  readonly entropy: string;
  readonly secrets: ReadonlyMap<string, string>;
}

const FILE = 'seed.txt';

/** Reads seed.txt: `rd1`, `plan …`, `entropy …`, then a line for each secret, parties in byte order (rd1 §1.3). */
export function parseSeed(bytes: Uint8Array): Result<Seed, readonly Fault[]> {
  const faults = checkTextFile(FILE, bytes);
  const [version = '', plan = '', entropy = '', ...secretLines] = splitLines(bytes);
  if (version !== 'rd1') faults.push(seedFault(1, version, text('rd1', 'rd1')));
  const [, planHash = ''] = /^plan ([0-9a-f]{64})$/.exec(plan) ?? [];
  if (!planHash)
    faults.push(seedFault(2, plan, text('plan 和 plan.json 的 SHA-256', 'plan and the SHA-256 of plan.json')));
  const [, outcome = ''] = /^entropy ([ -~]+)$/.exec(entropy) ?? [];
  if (!outcome)
    faults.push(seedFault(3, entropy, text('entropy 和事件的结果', 'entropy and the outcome of the events')));
  const secrets = new Map<string, string>();
  let previous: string | undefined;
  secretLines.forEach((line, i) => {
    const number = i + 4;
    const [word, party = '', secret = '', ...more] = line.split(' ');
    if (line === '') faults.push(blankLine(FILE, number));
    else if (word !== 'secret' || more.length > 0 || !PARTY_NAME.test(party) || !SHA256_HEX.test(secret)) {
      const expected = text('secret 参与方 64 位小写十六进制', 'secret PARTY and 64 lower-case hex digits');
      faults.push(seedFault(number, line, expected));
    } else if (previous !== undefined && party === previous) {
      faults.push(repeated(FILE, number, line, text('参与方', 'party')));
    } else if (previous !== undefined && party < previous) {
      faults.push(outOfOrder(FILE, number, line, 'LC_ALL=C sort'));
    } else {
      secrets.set(party, secret);
      previous = party;
    }
  });
  return faults.length > 0 ? err(faults) : ok({ plan: planHash, entropy: outcome, secrets });
}

export function formatSeed(seed: Seed): string {
  const secrets = [...seed.secrets].sort(([a], [b]) => compareBytes(a, b));
  const lines = ['rd1', `plan ${seed.plan}`, `entropy ${seed.entropy}`, ...secrets.map(([p, s]) => `secret ${p} ${s}`)];
  return `${lines.join('\n')}\n`;
}

/** The commitment that a party publishes in the plan for the secret it reveals later (rd1 §1.3). */
export function commitmentOf(draw: string, party: string, secret: string): string {
  return sha256Hex(`rd1 commit\n${draw}\n${party}\n${secret}\n`);
}

function seedFault(line: number, found: string, expected: Text): Fault {
  const remedy = text('按 rd1 §1.3 改正该行', 'correct the line by rd1 §1.3');
  return lineFault(FILE, line, 'draw.seed-line', found, expected, remedy);
}
