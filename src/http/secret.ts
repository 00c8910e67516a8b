/** Fields whose values are never repeated, neither in an answer nor as a hash that could be guessed from. */
const SECRETS: ReadonlySet<string> = new Set(['password', 'secret', 'token']);

export function isSecret(field: string): boolean {
  return SECRETS.has(field);
}
