import { asFound, type Fault, fault, type Text, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { type EntropyEvent, formatEntropy, parseEntropy } from './entropy.ts';
import { formatJson, JsonError, type JsonObject, type JsonValue, parseIJson } from './json.ts';
import { DRAW_NAME, PARTY_NAME, SHA256_HEX, STRATUM_NAME } from './names.ts';
import { checkTextFile, decodeText, lineFault } from './text-file.ts';

/** What is fixed and logged before the entropy exists (rd1 §1.3, §1.9). */
export interface DrawPlan {
  readonly draw: string;
  /** SHA-256 of frame.tsv, roster.tsv and avoid.tsv. */
  readonly frame: string;
  readonly roster: string;
  readonly avoid: string;
  readonly frameCount: number;
  /** How many objects to draw from each stratum; a stratum not named is not drawn. */
  readonly take: ReadonlyMap<string, number>;
  /** Inspectors for each object. */
  readonly perObject: number;
  readonly entropy: readonly EntropyEvent[];
  /** party → commitment to its secret; a secret of an outsider keeps the operator from knowing the draw early. */
  readonly commit: ReadonlyMap<string, string>;
  readonly frameRule?: string;
  readonly logSize?: number;
  readonly freezeAt?: string;
  readonly entropyNotBefore?: string;
  readonly revealBy?: string;
  readonly entropyNote?: string;
}

const FILE = 'plan.json';
const DEFAULT_PER_OBJECT = 2;
const TIMES = ['freezeAt', 'entropyNotBefore', 'revealBy'] as const;
const NOTES = ['frameRule', 'entropyNote'] as const;

const HASH = text('SHA-256，64 位小写十六进制', 'SHA-256, 64 lower-case hex digits');
const COUNT = text('0 或正整数', 'an integer from 0');
const NAME = text('1–64 个字符：字母、数字、. _ -', '1–64 of A–Z a–z 0–9 . _ -');

/** Reads plan.json: I-JSON without duplicate keys and with whole numbers. Other keys are allowed and ignored. */
export function parsePlan(bytes: Uint8Array): Result<DrawPlan, readonly Fault[]> {
  const form = checkTextFile(FILE, bytes);
  if (form.length > 0) return err(form);
  const json = readObject(bytes);
  if (!json.ok) return json;
  const faults: Fault[] = [];
  const take = <Value extends JsonValue>(
    key: string,
    is: (v: JsonValue) => v is Value,
    expected: Text,
    absent: Value,
  ): Value => {
    const value = json.value.get(key);
    if (value !== undefined && is(value)) return value;
    faults.push(fieldFault(`/${key}`, value, expected));
    return absent;
  };
  const optional = <Value extends JsonValue>(
    key: string,
    is: (v: JsonValue) => v is Value,
    expected: Text,
  ): Partial<Record<string, Value>> => {
    const value = json.value.get(key);
    if (value === undefined) return {};
    if (is(value)) return { [key]: value };
    faults.push(fieldFault(`/${key}`, value, expected));
    return {};
  };
  take('v', isText(/^rd1$/), text('rd1', 'rd1'), 'rd1');
  const entropy = parseEntropy(take('entropy', isText(/./), text('熵来源的事件', 'the events of entropy'), 'dice 20'));
  if (!entropy.ok) faults.push(...entropy.problem);
  const plan: DrawPlan = {
    draw: take('draw', isText(DRAW_NAME), NAME, ''),
    frame: take('frame', isText(SHA256_HEX), HASH, ''),
    roster: take('roster', isText(SHA256_HEX), HASH, ''),
    avoid: take('avoid', isText(SHA256_HEX), HASH, ''),
    frameCount: take('frameCount', isCount, COUNT, 0),
    take: members(json.value, 'take', STRATUM_NAME, isCount, COUNT, faults),
    perObject: json.value.has('perObject') ? take('perObject', isCount, COUNT, 0) : DEFAULT_PER_OBJECT,
    entropy: entropy.ok ? entropy.value : [],
    commit: members(json.value, 'commit', PARTY_NAME, isText(SHA256_HEX), HASH, faults),
    ...optional('logSize', isCount, COUNT),
    ...Object.assign(
      {},
      ...TIMES.map((key) => optional(key, isTime, text('YYYY-MM-DDTHH:MM:SSZ', 'YYYY-MM-DDTHH:MM:SSZ'))),
    ),
    ...Object.assign(
      {},
      ...NOTES.map((key) => (typeof json.value.get(key) === 'string' ? { [key]: json.value.get(key) } : {})),
    ),
  };
  return faults.length > 0 ? err(faults) : ok(plan);
}

/** The plan as one line; `parsePlan` gives the same plan back. Its hash is that of these bytes. */
export function formatPlan(plan: DrawPlan): string {
  const json = new Map<string, JsonValue>([
    ['v', 'rd1'],
    ['draw', plan.draw],
    ['frame', plan.frame],
    ['frameCount', plan.frameCount],
    ['roster', plan.roster],
    ['avoid', plan.avoid],
    ['take', plan.take],
    ['perObject', plan.perObject],
    ['entropy', formatEntropy(plan.entropy)],
    ['commit', plan.commit],
  ]);
  for (const key of ['frameRule', 'logSize', ...TIMES, 'entropyNote'] as const) {
    const value = plan[key];
    if (value !== undefined) json.set(key, value);
  }
  return `${formatJson(json)}\n`;
}

function readObject(bytes: Uint8Array): Result<JsonObject, readonly Fault[]> {
  const expected = text(
    '一个 JSON 对象（I-JSON），键不重复，数字为整数',
    'one I-JSON object, no key twice, numbers whole',
  );
  const remedy = text('改正 JSON 后重新计算 SHA-256', 'correct the JSON and take its SHA-256 anew');
  try {
    const source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const json = parseIJson(source);
    if (isObject(json)) return ok(json);
    return err([lineFault(FILE, 1, 'draw.json', decodeText(bytes), expected, remedy)]);
  } catch (error) {
    if (error instanceof JsonError)
      return err([lineFault(FILE, error.line, 'draw.json', error.message, expected, remedy)]);
    if (error instanceof TypeError) return err([lineFault(FILE, 1, 'draw.json', 'not UTF-8', expected, remedy)]);
    throw error;
  }
}

function members<Value extends JsonValue>(
  json: JsonObject,
  field: 'take' | 'commit',
  name: RegExp,
  is: (value: JsonValue) => value is Value,
  expected: Text,
  faults: Fault[],
): ReadonlyMap<string, Value> {
  const object = json.get(field);
  const found = new Map<string, Value>();
  if (object === undefined || !isObject(object)) {
    faults.push(fieldFault(`/${field}`, object, text('JSON 对象', 'a JSON object')));
    return found;
  }
  for (const [key, value] of object) {
    if (!name.test(key)) faults.push(fieldFault(`/${field}`, key, NAME));
    else if (is(value)) found.set(key, value);
    else faults.push(fieldFault(`/${field}/${key}`, value, expected));
  }
  return found;
}

function fieldFault(pointer: string, found: JsonValue | undefined, expected: Text): Fault {
  const shown = found === undefined || typeof found === 'string' ? found : formatJson(found);
  const missing = found === undefined;
  return fault(
    `${FILE}#${pointer}`,
    missing ? 'draw.plan-field-missing' : 'draw.plan-field',
    asFound(shown),
    expected,
    missing ? text('补上该字段', 'give this field') : text('改正该字段', 'correct this field'),
  );
}

function isObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

function isText(pattern: RegExp): (value: JsonValue) => value is string {
  return (value): value is string => typeof value === 'string' && pattern.test(value);
}

function isCount(value: JsonValue): value is number {
  return typeof value === 'number' && value >= 0;
}

/** The register's time form; a day that does not exist, such as 30 February, comes back changed and is refused. */
function isTime(value: JsonValue): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value.replace('Z', '.000Z');
}
