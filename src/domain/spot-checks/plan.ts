import { type Fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { type EntropyEvent, formatEntropy, parseEntropy } from './entropy.ts';
import { formatJson, JsonError, type JsonObject, type JsonValue, parseIJson } from './json.ts';
import { DRAW_NAME, PARTY_NAME, SHA256_HEX, STRATUM_NAME } from './names.ts';
import { COUNT, fieldReader, TIME, textKind } from './plan-fields.ts';
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

const VERSION = textKind(/^rd1$/, text('rd1', 'rd1'));
const HASH = textKind(SHA256_HEX, text('SHA-256，64 位小写十六进制', 'SHA-256, 64 lower-case hex digits'));
const NAME_FORM = text('1–64 个字符：字母、数字、. _ -', '1–64 of A–Z a–z 0–9 . _ -');
const DRAW = textKind(DRAW_NAME, NAME_FORM);
const STRATUM = textKind(STRATUM_NAME, NAME_FORM);
const PARTY = textKind(PARTY_NAME, NAME_FORM);
const PROSE = textKind(/^/, text('文字', 'text'));

/** Reads plan.json: I-JSON without duplicate keys and with whole numbers. Other keys are allowed and ignored. */
export function parsePlan(bytes: Uint8Array): Result<DrawPlan, readonly Fault[]> {
  const form = checkTextFile(FILE, bytes);
  if (form.length > 0) return err(form);
  const json = readObject(bytes);
  if (!json.ok) return json;
  const faults: Fault[] = [];
  const fields = fieldReader(json.value, faults);
  fields.required('v', VERSION, '');
  const entropy = fields.required('entropy', PROSE, '');
  const events = parseEntropy(entropy);
  if (json.value.has('entropy') && !events.ok) faults.push(...events.problem);
  const plan: DrawPlan = {
    draw: fields.required('draw', DRAW, ''),
    frame: fields.required('frame', HASH, ''),
    roster: fields.required('roster', HASH, ''),
    avoid: fields.required('avoid', HASH, ''),
    frameCount: fields.required('frameCount', COUNT, 0),
    take: fields.members('take', STRATUM, COUNT),
    perObject: fields.optional('perObject', COUNT) ?? DEFAULT_PER_OBJECT,
    entropy: events.ok ? events.value : [],
    commit: fields.members('commit', PARTY, HASH),
    ...present({
      frameRule: prose(json.value, 'frameRule'),
      logSize: fields.optional('logSize', COUNT),
      freezeAt: fields.optional('freezeAt', TIME),
      entropyNotBefore: fields.optional('entropyNotBefore', TIME),
      revealBy: fields.optional('revealBy', TIME),
      entropyNote: prose(json.value, 'entropyNote'),
    }),
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
  for (const key of ['frameRule', 'logSize', 'freezeAt', 'entropyNotBefore', 'revealBy', 'entropyNote'] as const) {
    const value = plan[key];
    if (value !== undefined) json.set(key, value);
  }
  return `${formatJson(json)}\n`;
}

/** A note for people decides nothing, so one that is not text is ignored like any other further key. */
function prose(json: JsonObject, key: string): string | undefined {
  const value = json.get(key);
  return typeof value === 'string' ? value : undefined;
}

type Present<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** The fields that were given; an absent one is no key at all. */
function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;
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
    if (json instanceof Map) return ok(json);
    return err([lineFault(FILE, 1, 'draw.json', decodeText(bytes), expected, remedy)]);
  } catch (error) {
    if (error instanceof JsonError)
      return err([lineFault(FILE, error.line, 'draw.json', error.message, expected, remedy)]);
    if (error instanceof TypeError) return err([lineFault(FILE, 1, 'draw.json', 'not UTF-8', expected, remedy)]);
    throw error;
  }
}
