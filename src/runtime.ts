import { join } from 'node:path';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { build as prettyStream } from 'pino-pretty';
import type { Configuration, LogLevel } from './config.ts';
import { startPrivatePostgres } from './store/private-postgres.ts';

/** What every process needs, opened; whoever opens it closes it. */
export interface Runtime {
  readonly logger: Logger;
  readonly databaseUrl: string;
  /** The owner of the tables; the same as `databaseUrl` unless they were kept apart. */
  readonly migrationUrl: string;
  close(): Promise<void>;
}

const SECRET_NAMES = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'token',
  'secret',
  'phone',
  'email',
  'apiKey',
];

/** At the top and one level down, and in the headers, where Fastify logs them: each further level costs every line. */
const SECRET_PATHS = SECRET_NAMES.flatMap((name) => [
  `["${name}"]`,
  `*["${name}"]`,
  `req.headers["${name}"]`,
  `res.headers["${name}"]`,
]);

/** Opens what the configuration asks for; `output` is stderr for commands, whose stdout is their answer. */
export async function openRuntime(
  configuration: Configuration,
  output: NodeJS.WriteStream = process.stdout,
): Promise<Runtime> {
  const logger = createLogger(
    configuration.logLevel,
    output.isTTY ? prettyStream({ destination: output, sync: true }) : lines(output),
  );
  const database = await openDatabase(configuration, logger);
  let closing: Promise<void> | undefined;
  return { logger, ...database, close: () => (closing ??= database.stop()) };
}

/** Lines for machines are written in blocks, at the latest after a quarter of a second: a write a line cost a tenth of a
 * request. What must never be lost is in the audit trail, which is in the database. */
function lines(output: NodeJS.WriteStream): DestinationStream {
  return pino.destination({
    dest: output === process.stderr ? 2 : 1,
    sync: false,
    minLength: 8192,
    periodicFlush: 250,
  });
}

export function createLogger(level: LogLevel, stream: DestinationStream): Logger {
  return pino(
    { level, redact: { paths: SECRET_PATHS, censor: '…' }, timestamp: pino.stdTimeFunctions.isoTime },
    stream,
  );
}

async function openDatabase(configuration: Configuration, logger: Logger) {
  const given = configuration.databaseUrl;
  if (given !== null) {
    return { databaseUrl: given, migrationUrl: configuration.migrationDatabaseUrl ?? given, stop: async () => {} };
  }
  const directory = join(configuration.dataDirectory, 'pg');
  const { url, stop } = await startPrivatePostgres({ directory, log: (line) => logger.info(line) });
  return { databaseUrl: url, migrationUrl: url, stop };
}
