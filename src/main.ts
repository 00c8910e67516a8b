import { parseArgs } from 'node:util';
import { ConfigurationError, readConfiguration, type Configuration } from './config.ts';
import { migrationDirectory } from './project-root.ts';
import { openRuntime, type Runtime } from './runtime.ts';
import { type Server, startServer } from './server.ts';
import { openDatabase } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { announceOperatorToken, makeOperatorToken } from './operator-token.ts';
import { foundRegister } from './store/register.ts';
import pg from 'pg';

const ROLES = ['all', 'api', 'worker'] as const;
const SHUTDOWN_MS = 25_000;

const HELP = `用法 Usage: npm start -- [--role all|api|worker] [--demo [--exit]]

  --role    本进程的角色，默认 all（接口、页面和后台任务）  what this process does; default all
  --demo    载入真实数据的演示（只用于演示数据库）          load the demonstration on real data (demonstration databases only)
  --exit    演示载入并核对后退出                            with --demo: end when it is loaded and checked
`;

interface Options {
  readonly role: (typeof ROLES)[number];
  readonly demo: boolean;
  readonly exit: boolean;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(HELP);
    return 0;
  }
  const configuration = readConfiguration(process.env);
  const runtime = await openRuntime(configuration);
  return serve(configuration, runtime, options).catch(async (error: unknown) => {
    await runtime.close();
    throw error;
  });
}

async function serve(configuration: Configuration, runtime: Runtime, options: Options): Promise<number> {
  const { logger } = runtime;
  await migrate(runtime.migrationUrl, {
    directory: migrationDirectory,
    acceptNewer: true,
    onStep: (step) => logger.info(step, 'migration'),
  });
  // What a process that only answers requests does not need is not even read.
  const background = options.role === 'api' ? null : await import('../workers/background.ts');
  await background?.prepareQueue(runtime.migrationUrl);
  const registerKind = await found(runtime, options.demo);
  const database = openDatabase({
    url: runtime.databaseUrl,
    max: configuration.databasePool,
    applicationName: `lingpao-${options.role}`,
    statementTimeoutMs: options.role === 'api' ? 8000 : 0,
    onError: (error) => logger.warn({ err: error }, 'database connection lost'),
  });
  const onError = (error: Error) => logger.warn({ err: error }, 'queue');
  let server: Server | null = null;
  let workers: { readonly stop: () => Promise<void> } | null = null;
  const ended = Promise.withResolvers<number>();
  const finish = (status: number) => ended.resolve(status);
  onSignals(() => finish(0));
  try {
    if (options.role !== 'worker') server = await startServer(configuration, { database, logger, registerKind });
    if (background) {
      const queue = background.openQueue({
        redisUrl: configuration.redisUrl,
        databaseUrl: runtime.databaseUrl,
        onError,
      });
      workers = background.startWorkers(database, queue, logger, () => finish(1));
    }
    if (server) {
      logger.info({ address: server.address, role: options.role, register: registerKind }, 'listening');
    }
    const operatorToken = server ? await makeOperatorToken(runtime) : null;
    if (operatorToken && !options.demo) await announceOperatorToken(operatorToken, runtime, configuration);
    if (options.demo && server) {
      const { loadDemonstration } = await import('../demo/load.ts');
      const problems = await loadDemonstration({
        address: server.address,
        database,
        operatorToken,
        flushLog: () => new Promise<void>((done) => logger.flush(() => done())),
      });
      if (options.exit) finish(problems === 0 ? 0 : 1);
    }
    return await ended.promise;
  } finally {
    // Whatever hangs must not keep a supervisor waiting.
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    await server?.close();
    await workers?.stop();
    await database.close();
    await runtime.close();
  }
}

/**
 * The first signal ends the process in good order, one a second or more later ends it at once. What comes sooner is the
 * same Ctrl-C again: it goes to the whole group, and a parent passes it on as well.
 */
function onSignals(end: () => void): void {
  let first: number | null = null;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (first === null) {
        first = performance.now();
        end();
      } else if (performance.now() - first >= 1000) process.exit(1);
    });
  }
}

/** Founds the register at its first start; a demonstration never touches a database that holds a real one. */
async function found(runtime: Runtime, demo: boolean) {
  const owner = new pg.Client({ connectionString: runtime.migrationUrl });
  await owner.connect();
  try {
    const kind = await foundRegister(owner, demo ? 'demonstration' : 'real');
    if (demo && kind !== 'demonstration') {
      throw new ConfigurationError(
        `--demo: 该数据库是 ${kind} 登记库，演示数据不得写入；请换一个数据库  this database holds a ${kind} register; use another one for the demonstration`,
      );
    }
    return kind;
  } finally {
    await owner.end();
  }
}

function readOptions(args: string[]): Options | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        role: { type: 'string', default: 'all' },
        demo: { type: 'boolean', default: false },
        exit: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return null;
    const role = ROLES.find((one) => one === values.role);
    if (!role) throw new ConfigurationError(`--role: ${values.role}；应为 expected ${ROLES.join(' | ')}`);
    if (values.exit && !values.demo) throw new ConfigurationError('--exit 只与 --demo 同用  goes with --demo only');
    if (values.demo && role !== 'all') throw new ConfigurationError('--demo 需要 --role all  needs --role all');
    return { role, demo: values.demo, exit: values.exit };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`${(error as Error).message}\n\n${HELP}`);
  }
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const expected = error instanceof ConfigurationError;
    process.stderr.write(
      `${expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = expected ? 2 : 1;
    // A half-open start must not linger.
    setTimeout(() => process.exit(), 1000).unref();
  },
);
