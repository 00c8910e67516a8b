import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Configuration } from './config.ts';
import { sha256Hex } from './domain/bytes.ts';
import type { Runtime } from './runtime.ts';
import { keepOperatorToken } from './store/register.ts';

/** Makes a new one-time token for the first operator; null when there is an operator already. */
export async function makeOperatorToken(runtime: Runtime): Promise<string | null> {
  const token = randomBytes(24).toString('base64url');
  const owner = new pg.Client({ connectionString: runtime.migrationUrl });
  await owner.connect();
  const kept = await keepOperatorToken(owner, sha256Hex(token)).finally(() => owner.end());
  return kept ? token : null;
}

/**
 * Tells the token: to a terminal only; where there is none, in a file of mode 0600 whose path is logged, because logs are
 * read by many and kept for long.
 */
export async function announceOperatorToken(
  token: string,
  runtime: Runtime,
  configuration: Configuration,
): Promise<void> {
  if (process.stdout.isTTY) {
    process.stdout.write(
      `\n一次性口令（设立平台运营者） one-time token for the first operator: ${token}\n  POST /api/v1/operator\n\n`,
    );
    return;
  }
  const file = join(configuration.dataDirectory, 'operator-token');
  await mkdir(configuration.dataDirectory, { recursive: true });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  runtime.logger.info({ file }, 'one-time token for the first operator');
}
