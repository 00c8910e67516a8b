/** JSON that may be hashed: strings, safe integers, booleans, null, arrays and objects; no fraction is ever a number. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

/**
 * The RFC 8785 text of a value, limited to safe integers (declared values travel as decimal text): keys in UTF-16 order,
 * no spaces, absent members left out. Throws on another number, or on a lone surrogate, which UTF-8 cannot hold.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`not a safe integer: ${value}`);
    return String(value + 0);
  }
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const inner = value[key];
      return inner === undefined ? [] : [`${canonicalString(key)}:${canonicalJson(inner)}`];
    });
  return `{${members.join(',')}}`;
}

function canonicalString(value: string): string {
  if (!value.isWellFormed()) throw new Error('a lone surrogate cannot be written as UTF-8');
  return JSON.stringify(value);
}

// Array.isArray does not narrow readonly arrays out of a union.
function isArray(
  value: readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue | undefined },
): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}
