import pg from 'pg';

export interface StoredAnswer {
  readonly fingerprint: string | null;
  readonly status: number;
  readonly answer: string;
}

/**
 * The select that takes the key for this transaction and reads an earlier answer. The lock is tried, not waited for: a
 * second insert of the same key would wait for the first.
 */
export function lookUpAnswer(owner: string, key: string): string {
  const [quotedOwner, quotedKey] = [pg.escapeLiteral(owner), pg.escapeLiteral(key)];
  return `select l.locked, k.fingerprint, k.status, k.answer
    from (select pg_try_advisory_xact_lock(hashtextextended(${quotedOwner} || chr(10) || ${quotedKey}, 0)) as locked) l
    left join idempotency_keys k on k.owner = ${quotedOwner} and k.key = ${quotedKey}`;
}

/** The insert of an answer, with quoted literals, to be sent with the commit. */
export function storeAnswer(
  owner: string,
  key: { readonly key: string; readonly fingerprint: string },
  status: number,
  answer: string,
): string {
  const values = [owner, key.key, key.fingerprint].map((value) => pg.escapeLiteral(value)).join(', ');
  const rest = status === 200 ? '' : ' on conflict do nothing';
  return `insert into idempotency_keys (owner, key, fingerprint, status, answer)
    values (${values}, ${status}, ${pg.escapeLiteral(answer)})${rest}`;
}
