import { z } from 'zod';

const code = z.string().regex(/^[A-Z][A-Z0-9-]{1,29}$/u);
const edition = z.int().min(1).max(1_000_000);
const declaration = z.string().regex(/^[!-.0-~]{1,128}$/u);

/** What an objection is about. */
export const ObjectionObject = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('list-row'), list: code, edition, declaration }),
    z.strictObject({ kind: z.literal('list'), list: code, edition }),
    z.strictObject({ kind: z.literal('scheme'), scheme: code, version: edition }),
    z.strictObject({ kind: z.literal('forerunner'), forerunner: code, edition, declaration }),
    z.strictObject({ kind: z.literal('draw'), draw: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u) }),
  ])
  .meta({ id: 'ObjectionObject' });
export type ObjectionObject = z.infer<typeof ObjectionObject>;

export const OBJECT_KINDS = ['list-row', 'list', 'scheme', 'forerunner', 'draw'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** One text for one object, whose beginning names what holds it: `list/M-KQJHQ/3` holds `list/M-KQJHQ/3/<declaration>`. */
export function objectKey(object: ObjectionObject): string {
  switch (object.kind) {
    case 'list-row':
      return `list/${object.list}/${object.edition}/${object.declaration}`;
    case 'list':
      return `list/${object.list}/${object.edition}`;
    case 'scheme':
      return `scheme/${object.scheme}/${object.version}`;
    case 'forerunner':
      return `forerunner/${object.forerunner}/${object.edition}/${object.declaration}`;
    case 'draw':
      return `draw/${object.draw}`;
  }
}

/** Reads a key back; null where it is none. */
export function parseObjectKey(key: string): ObjectionObject | null {
  const [kind, name, number, row, ...more] = key.split('/');
  if (more.length > 0) return null;
  const edition = Number(number);
  const object =
    kind === 'list' && row !== undefined
      ? { kind: 'list-row', list: name, edition, declaration: row }
      : kind === 'list'
        ? { kind, list: name, edition }
        : kind === 'scheme' && row === undefined
          ? { kind, scheme: name, version: edition }
          : kind === 'forerunner'
            ? { kind, forerunner: name, edition, declaration: row }
            : number === undefined
              ? { kind, draw: name }
              : null;
  const parsed = ObjectionObject.safeParse(object);
  return parsed.success ? parsed.data : null;
}
