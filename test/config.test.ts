import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, readConfiguration } from '../src/config.ts';
import { projectRoot } from '../src/project-root.ts';

describe('the configuration', () => {
  it('needs no variable at all', () => {
    expect(readConfiguration({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      databaseUrl: null,
      migrationDatabaseUrl: null,
      databasePool: 10,
      redisUrl: null,
      dataDirectory: join(projectRoot, '.data'),
      trustProxy: [],
      logLevel: 'info',
      cookieSecure: false,
      site: { operatorName: null, icp: null, contact: null },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfiguration({ PORT: '', DATABASE_URL: ' ', PUBLIC_URL: '' })).toEqual(readConfiguration({}));
  });

  it.each([
    [{ PUBLIC_URL: 'https://pao.example.cn/' }, { publicUrl: 'https://pao.example.cn', cookieSecure: true }],
    [{ PUBLIC_URL: 'http://pao.example.cn:8080' }, { publicUrl: 'http://pao.example.cn:8080', cookieSecure: false }],
    [
      { HOST: '0.0.0.0', PORT: '80' },
      { host: '0.0.0.0', publicUrl: 'http://localhost:80' },
    ],
    [{ HOST: '::1' }, { publicUrl: 'http://[::1]:8080' }],
    [{ TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8' }, { trustProxy: ['loopback', '10.0.0.0/8', 'fd00::/8'] }],
    [{ DATABASE_URL: 'postgres:///db?host=/run/pg&user=u' }, { databaseUrl: 'postgres:///db?host=/run/pg&user=u' }],
    [{ SITE_ICP: '京ICP备1号' }, { site: { operatorName: null, icp: '京ICP备1号', contact: null } }],
  ])('reads %j', (env, expected) => {
    expect(readConfiguration(env)).toMatchObject(expected);
  });

  it.each([
    ['PORT', '80a', 'found "80a"'],
    ['PORT', '65536', 'an integer from 0 to 65535'],
    ['PORT', '-1', '0–65535 的整数'],
    ['DATABASE_POOL', '3', 'an integer from 4 to 500'],
    ['LOG_LEVEL', 'verbose', 'one of fatal, error, warn'],
    ['PUBLIC_URL', 'pao.example.cn', 'https://host[:port] without a path'],
    ['PUBLIC_URL', 'https://pao.example.cn/register', 'without a path'],
    ['TRUST_PROXY', 'true', 'IP addresses'],
    ['TRUST_PROXY', '10.0.0.0/33', 'IP addresses'],
    ['REDIS_URL', 'localhost:6379', 'redis://host:port'],
    ['DATABASE_URL', 'mysql://db/x', 'postgres://user:password@host:port/database'],
    ['HOST', 'a b', 'an address to listen on'],
  ])('names %s when it is %j, and says what it should be', (name, value, words) => {
    const read = () => readConfiguration({ [name]: value });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(`${name}：`);
    expect(read).toThrow(words);
  });

  it('names every wrong variable at once', () => {
    expect(() => readConfiguration({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT：[^]*LOG_LEVEL：/);
  });

  it.each(['mysql://root:secret@db/x', 'secret', 'postgres:secret', 'redis://:secret@cache'])(
    'never shows the secret of %j',
    (value) => {
      const read = () => readConfiguration({ DATABASE_URL: value });
      expect(read).toThrow(ConfigurationError);
      expect(read).not.toThrow('secret');
    },
  );

  it('refuses a variable with our prefix that it does not know: it is a slip of the pen', () => {
    expect(() => readConfiguration({ LINGPAO_DTAA: '/srv' })).toThrow('LINGPAO_DTAA：没有这个变量，只有 LINGPAO_DATA');
  });

  it('refuses an owner of the tables without a database', () => {
    expect(() => readConfiguration({ MIGRATION_DATABASE_URL: 'postgres://owner@db/x' })).toThrow('needs DATABASE_URL');
  });

  it('cannot be changed afterwards', () => {
    const configuration = readConfiguration({});
    expect(Object.isFrozen(configuration) && Object.isFrozen(configuration.site)).toBe(true);
    expect(Object.isFrozen(configuration.trustProxy)).toBe(true);
  });
});
