import type { Language } from '../frame.ts';
import { ruleFaults } from './check-form.ts';
import { fieldMessages, type FaultWords, type Labels } from './form-faults.ts';
import {
  type DeclarationForm,
  type FormFields,
  INDICATOR_FIELDS,
  PARAMETER_FIELDS,
  type RowList,
} from './form-fields.ts';

/** Messages by input, from the rules that the server applies; for the browser, while a form is half written. */
export function liveFaults(
  fields: FormFields,
  labels: Labels,
  words: FaultWords,
  lang: Language,
): ReadonlyMap<string, string> {
  const messages = fieldMessages(
    ruleFaults(inPlace(fields), new Date().toISOString().slice(0, 10)),
    labels,
    words,
    lang,
  );
  return new Map(messages.map(({ field, message }) => [field, message]));
}

/** Rows keep their places, blank ones too, because the messages go to inputs by place. */
function inPlace(fields: FormFields): DeclarationForm {
  const text = (name: string) => String(fields[name] ?? '');
  const rows = <Field extends string>(list: RowList, names: readonly Field[]) => {
    const pattern = new RegExp(`^/${list}/(\\d+)/name$`, 'u');
    const places = Object.keys(fields).flatMap((name) => pattern.exec(name)?.[1] ?? []);
    return places.map(
      (at) => Object.fromEntries(names.map((name) => [name, text(`/${list}/${at}/${name}`)])) as Record<Field, string>,
    );
  };
  return {
    subject: text('/subject'),
    category: text('/category'),
    number: text('/standard/number'),
    name: text('/standard/name'),
    issuedOn: text('/standard/issuedOn'),
    effectiveOn: text('/standard/effectiveOn'),
    // Models are checked when the form is sent; their box of lines is no grid.
    products: [],
    parameters: rows('parameters', PARAMETER_FIELDS),
    indicators: rows('indicators', INDICATOR_FIELDS),
    commitment: text('/commitment/version'),
    signer: text('/commitment/signer'),
    capacity: text('/commitment/capacity'),
  };
}
