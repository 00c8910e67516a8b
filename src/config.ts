import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { projectRoot } from './project-root.ts';

/** Everything that the outside decides, read once at the start; no other file reads `process.env`. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** The origin by which visitors reach us, without a slash at its end. */
  readonly publicUrl: string;
  /** Null: a private PostgreSQL is started in `dataDirectory`. */
  readonly databaseUrl: string | null;
  /** The owner of the tables, when it is not the user of `databaseUrl`. */
  readonly migrationDatabaseUrl: string | null;
  readonly databasePool: number;
  /** Null: the queue lives in PostgreSQL. */
  readonly redisUrl: string | null;
  readonly dataDirectory: string;
  /** Proxies whose X-Forwarded-* is believed: addresses, networks, or loopback | linklocal | uniquelocal. */
  readonly trustProxy: readonly string[];
  readonly logLevel: LogLevel;
  readonly cookieSecure: boolean;
  readonly site: { readonly operatorName: string | null; readonly icp: string | null; readonly contact: string | null };
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One or more environment variables are wrong; the message has a line for each. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

interface Variable {
  readonly schema: z.ZodType;
  readonly zh: string;
  readonly en: string;
  readonly secret?: true;
}

const databaseUrl = {
  schema: urlWith(['postgres:', 'postgresql:']).optional(),
  zh: 'postgres://用户:密码@主机:端口/数据库',
  en: 'postgres://user:password@host:port/database',
  secret: true,
} as const;

const siteText = { schema: z.string().max(200).optional(), zh: '至多 200 字', en: 'at most 200 characters' } as const;

/** The whole list: what is not here is not read. */
const VARIABLES = {
  HOST: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9.:_-]+$/)
      .default('127.0.0.1'),
    zh: '监听地址',
    en: 'an address to listen on',
  },
  PORT: { schema: integer(0, 65_535).default(8080), zh: '0–65535 的整数', en: 'an integer from 0 to 65535' },
  PUBLIC_URL: {
    schema: urlWith(['http:', 'https:']).refine(isOrigin).optional(),
    zh: 'https://主机[:端口]，不带路径',
    en: 'https://host[:port] without a path',
  },
  DATABASE_URL: databaseUrl,
  MIGRATION_DATABASE_URL: databaseUrl,
  // One listens, two comparisons read for long, and one is left for everything else.
  DATABASE_POOL: { schema: integer(4, 500).default(10), zh: '4–500 的整数', en: 'an integer from 4 to 500' },
  REDIS_URL: {
    schema: urlWith(['redis:', 'rediss:']).optional(),
    zh: 'redis://主机:端口 或 rediss://…',
    en: 'redis://host:port or rediss://…',
    secret: true,
  },
  LINGPAO_DATA: { schema: z.string().default('.data'), zh: '文件夹', en: 'a folder' },
  TRUST_PROXY: {
    schema: z
      .string()
      .default('')
      .transform(listOf)
      .refine((list) => list.every(isProxy)),
    zh: '以逗号分隔的 IP、网段、loopback、linklocal 或 uniquelocal',
    en: 'IP addresses, networks, loopback, linklocal or uniquelocal, separated by commas',
  },
  LOG_LEVEL: {
    schema: z.enum(LOG_LEVELS).default('info'),
    zh: `${LOG_LEVELS.join('、')} 之一`,
    en: `one of ${LOG_LEVELS.join(', ')}`,
  },
  SITE_OPERATOR_NAME: siteText,
  SITE_ICP: siteText,
  SITE_CONTACT: siteText,
} as const satisfies Record<string, Variable>;

type VariableName = keyof typeof VARIABLES;
type Values = { [Name in VariableName]: z.output<(typeof VARIABLES)[Name]['schema']> };

export const VARIABLE_NAMES = Object.keys(VARIABLES) as VariableName[];

/** Reads the environment, or throws one ConfigurationError that names every wrong variable. */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const complaints = unknownVariables(env);
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const name of VARIABLE_NAMES) {
    // docker-compose passes an unset variable as an empty one.
    const given = env[name]?.trim() || undefined;
    const parsed = VARIABLES[name].schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else complaints.push(complaint(name, given));
  }
  if (env['MIGRATION_DATABASE_URL'] && !env['DATABASE_URL']) {
    complaints.push('MIGRATION_DATABASE_URL：须同时设置 DATABASE_URL / needs DATABASE_URL as well');
  }
  if (complaints.length > 0)
    throw new ConfigurationError(`配置有误 / wrong configuration\n  ${complaints.join('\n  ')}`);
  return configurationOf(values as Values);
}

function configurationOf(values: Values): Configuration {
  const publicUrl = values.PUBLIC_URL ? new URL(values.PUBLIC_URL).origin : defaultUrl(values.HOST, values.PORT);
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    publicUrl,
    databaseUrl: values.DATABASE_URL ?? null,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL ?? null,
    databasePool: values.DATABASE_POOL,
    redisUrl: values.REDIS_URL ?? null,
    dataDirectory: resolve(projectRoot, values.LINGPAO_DATA),
    trustProxy: Object.freeze(values.TRUST_PROXY),
    logLevel: values.LOG_LEVEL,
    cookieSecure: publicUrl.startsWith('https:'),
    site: Object.freeze({
      operatorName: values.SITE_OPERATOR_NAME ?? null,
      icp: values.SITE_ICP ?? null,
      contact: values.SITE_CONTACT ?? null,
    }),
  });
}

function defaultUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A misspelt variable of ours would otherwise be ignored in silence. */
function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const ours = VARIABLE_NAMES.filter((name) => name.startsWith('LINGPAO_')).join(', ');
  return Object.keys(env)
    .filter((name) => name.startsWith('LINGPAO_') && !Object.hasOwn(VARIABLES, name))
    .map((name) => `${name}：没有这个变量，只有 ${ours} / no such variable, there is only ${ours}`);
}

function complaint(name: VariableName, given: string | undefined): string {
  const { zh, en, secret }: Variable = VARIABLES[name];
  const found = secret ? withoutPassword(given) : JSON.stringify(given?.slice(0, 100));
  return `${name}：应为 ${zh}，现为 ${found} / expected ${en}, found ${found}`;
}

/** As much of an address as a log may show: not the password, nor anything that is no address. */
function withoutPassword(given: string | undefined): string {
  const url = URL.parse(given ?? '');
  return url?.host ? `${url.protocol}//…@${url.host}/…` : '(不显示 / not shown)';
}

function integer(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
}

function urlWith(protocols: readonly string[]) {
  return z.string().refine((value) => {
    const url = URL.parse(value);
    return url !== null && protocols.includes(url.protocol) && (url.hostname !== '' || url.searchParams.has('host'));
  });
}

function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && url.pathname === '/' && `${url.search}${url.hash}${url.username}` === '';
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isProxy(value: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(value)) return true;
  const [address = '', bits, ...rest] = value.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  if (isIP(address) === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}
