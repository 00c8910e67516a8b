/** A JSON value whose objects are Maps: a stratum may be called `constructor` or `10` without changing meaning or order. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** What broke the rule, and the line where it stands. */
export class JsonError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const SPACE = /[ \t\n\r]*/y;
// Plain runs and escapes strictly in turn: with one loop in another, a string left open takes exponential time.
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const INTEGER = /^-?(?:0|[1-9][0-9]*)$/;
const MAX_DEPTH = 32;

/**
 * Reads I-JSON (RFC 7493) whose numbers are integers, as rd1 §1.9 asks of plan.json: no key twice, no fraction, no
 * integer beyond ±(2^53 − 1), no lone surrogate. `JSON.parse` takes the last of two equal keys, and another reader may
 * take the first; then one published plan would have two meanings. Throws `JsonError`.
 */
export function parseIJson(source: string): JsonValue {
  let at = 0;
  const fail = (message: string): never => {
    throw new JsonError(message, source.slice(0, at).split('\n').length);
  };
  const token = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const skip = (character: string): boolean => {
    token(SPACE);
    if (source[at] !== character) return false;
    at++;
    return true;
  };
  const string = (): string => {
    token(SPACE);
    const value = JSON.parse(token(STRING) ?? fail('a string was expected')) as string;
    return value.isWellFormed() ? value : fail('a lone surrogate');
  };
  const number = (digits: string): number => {
    const value = Number(digits);
    return INTEGER.test(digits) && Number.isSafeInteger(value) ? value : fail(`not a safe integer: ${digits}`);
  };
  const array = (depth: number): JsonValue => {
    const values: JsonValue[] = [];
    if (skip(']')) return values;
    do values.push(value(depth + 1));
    while (skip(','));
    return skip(']') ? values : fail('"," or "]" was expected');
  };
  const object = (depth: number): JsonValue => {
    const members = new Map<string, JsonValue>();
    if (skip('}')) return members;
    do {
      const key = string();
      if (members.has(key)) fail(`the key "${key}" twice`);
      if (!skip(':')) fail('":" was expected');
      members.set(key, value(depth + 1));
    } while (skip(','));
    return skip('}') ? members : fail('"," or "}" was expected');
  };
  const value = (depth: number): JsonValue => {
    if (depth > MAX_DEPTH) fail(`more than ${MAX_DEPTH} levels`);
    if (skip('{')) return object(depth);
    if (skip('[')) return array(depth);
    if (source[at] === '"') return string();
    const word = token(WORD);
    if (word !== undefined) return JSON.parse(word) as boolean | null;
    return number(token(NUMBER) ?? fail('a value was expected'));
  };
  const result = value(0);
  token(SPACE);
  return at === source.length ? result : fail('text after the end');
}

/** Writes a value in one line, keys in the order of the Map. */
export function formatJson(value: JsonValue): string {
  if (value instanceof Map) {
    const members = [...(value as JsonObject)].map(([key, member]) => `${JSON.stringify(key)}:${formatJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(formatJson).join(',')}]`;
  return JSON.stringify(value);
}
