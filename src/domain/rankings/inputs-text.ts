/**
 * What names the inputs of a list: the SHA-256 of this text, which has the SHA-256 of each compared document, one a line, in
 * neutral order. So whoever has the hashes needs no document to tell whether two lists compared the same.
 */
export function inputsText(documents: readonly string[]): string {
  return documents.map((document) => `${document}\n`).join('');
}
