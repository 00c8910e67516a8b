import { asFound, type Fault, fault, type Text, text } from '../fault.ts';
import { formatJson, type JsonObject, type JsonValue } from './json.ts';

/** What a field may hold: the test, and the words for it. */
export interface FieldKind<Value extends JsonValue> {
  readonly is: (value: JsonValue) => value is Value;
  readonly expected: Text;
}

/** Takes fields out of plan.json; what is missing or wrong becomes a fault in the list, and reading goes on. */
export interface FieldReader {
  required<Value extends JsonValue>(key: string, kind: FieldKind<Value>, absent: Value): Value;
  optional<Value extends JsonValue>(key: string, kind: FieldKind<Value>): Value | undefined;
  /** An object whose keys are names that somebody chose. */
  members<Value extends JsonValue>(
    key: string,
    name: FieldKind<string>,
    kind: FieldKind<Value>,
  ): ReadonlyMap<string, Value>;
}

export function fieldReader(json: JsonObject, faults: Fault[]): FieldReader {
  const refuse = (pointer: string, found: JsonValue | undefined, expected: Text): void => {
    faults.push(fieldFault(pointer, found, expected));
  };
  return {
    required: (key, { is, expected }, absent) => {
      const value = json.get(key);
      if (value !== undefined && is(value)) return value;
      refuse(`/${key}`, value, expected);
      return absent;
    },
    optional: (key, { is, expected }) => {
      const value = json.get(key);
      if (value === undefined || is(value)) return value;
      refuse(`/${key}`, value, expected);
      return undefined;
    },
    members: <Value extends JsonValue>(field: string, name: FieldKind<string>, { is, expected }: FieldKind<Value>) => {
      const members = new Map<string, Value>();
      const object = json.get(field);
      if (!(object instanceof Map)) {
        refuse(`/${field}`, object, text('JSON 对象', 'a JSON object'));
        return members;
      }
      for (const [key, value] of object as JsonObject) {
        if (!name.is(key)) refuse(`/${field}`, key, name.expected);
        else if (is(value)) members.set(key, value);
        else refuse(`/${field}/${key}`, value, expected);
      }
      return members;
    },
  };
}

export function textKind(pattern: RegExp, expected: Text): FieldKind<string> {
  return { is: (value): value is string => typeof value === 'string' && pattern.test(value), expected };
}

export const COUNT: FieldKind<number> = {
  is: (value): value is number => typeof value === 'number' && value >= 0,
  expected: text('0 或正整数', 'an integer from 0'),
};

/** The register's time form; a day that does not exist, such as 30 February, comes back changed and is refused. */
export const TIME: FieldKind<string> = {
  is: (value): value is string => {
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false;
    const time = new Date(value);
    return !Number.isNaN(time.getTime()) && time.toISOString() === value.replace('Z', '.000Z');
  },
  expected: text('YYYY-MM-DDTHH:MM:SSZ', 'YYYY-MM-DDTHH:MM:SSZ'),
};

function fieldFault(pointer: string, found: JsonValue | undefined, expected: Text): Fault {
  const shown = found === undefined || typeof found === 'string' ? found : formatJson(found);
  const isMissing = found === undefined;
  return fault(
    `plan.json#${pointer}`,
    isMissing ? 'draw.plan-field-missing' : 'draw.plan-field',
    asFound(shown),
    expected,
    isMissing ? text('补上该字段', 'give this field') : text('改正该字段', 'correct this field'),
  );
}
