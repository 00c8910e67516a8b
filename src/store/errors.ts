interface PostgresError {
  readonly code: string;
  readonly constraint?: string;
  readonly message: string;
}

/** The server's own error inside whatever wraps it, or null. */
function postgresError(error: unknown): PostgresError | null {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if ('code' in current && typeof current.code === 'string' && /^[0-9A-Z]{5}$/u.test(current.code)) {
      return current as unknown as PostgresError;
    }
    current = current.cause;
  }
  return null;
}

/** The unique constraint that an insert met, or null when the error is another one. */
export function conflictingConstraint(error: unknown): string | null {
  const found = postgresError(error);
  return found?.code === '23505' ? (found.constraint ?? '') : null;
}

/** The foreign key that pointed at nothing, or null. */
export function missingReference(error: unknown): string | null {
  const found = postgresError(error);
  return found?.code === '23503' ? (found.constraint ?? '') : null;
}

/** Row-level security or a missing grant refused the statement. */
export function isRefusedByDatabase(error: unknown): boolean {
  return postgresError(error)?.code === '42501';
}

/** A rule written as a constraint (two persons, closed vocabulary) refused the statement. */
export function violatedCheck(error: unknown): string | null {
  const found = postgresError(error);
  return found?.code === '23514' ? (found.constraint ?? '') : null;
}

/** The connection is gone, or the server is ending it; nothing may be said of what was committed. */
export function isConnectionLoss(error: unknown): boolean {
  const found = postgresError(error);
  if (found) return found.code.startsWith('08') || ['57P01', '57P02', '57P03'].includes(found.code);
  return (
    error instanceof Error &&
    /Connection terminated|ECONNRESET|ECONNREFUSED|EPIPE|timeout exceeded when trying to connect/u.test(error.message)
  );
}
