import type { Language } from '../frame.ts';
import { ruleFaults } from './check-form.ts';
import { fieldMessages, type FaultWords, type Labels } from './form-faults.ts';
import { type FormFields, readForm } from './form-fields.ts';

/** Messages by input, from the rules that the server applies; for the browser, while a form is half written. */
export function liveFaults(
  fields: FormFields,
  labels: Labels,
  words: FaultWords,
  lang: Language,
): ReadonlyMap<string, string> {
  // Rows keep their places, blank ones too, because the messages go to inputs by place.
  const form = readForm(fields, undefined, true);
  const messages = fieldMessages(ruleFaults(form, new Date().toISOString().slice(0, 10)), labels, words, lang);
  return new Map(messages.map(({ field, message }) => [field, message]));
}
