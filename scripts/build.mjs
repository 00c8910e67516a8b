// esbuild: the programs into dist, the browser's files into dist/public under names with their hash.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { step } from './shell.mjs';

const PROGRAMS = {
  'src/main.ts': 'dist/main.js',
  'src/cli/main.ts': 'dist/cli.js',
  'src/formats/pdf/worker.ts': 'dist/pdf-worker.js',
};

const BEST = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

/** What a change of calls for a new build. */
const SOURCES = ['src', 'workers', 'demo', 'scripts', 'package-lock.json', 'tsconfig.json'];

export async function buildIfNeeded(root) {
  const stamp = join(root, 'dist', '.sources');
  const sources = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  await step('构建 / building', async () => {
    rmSync(stamp, { force: true });
    await build(root);
    writeFileSync(stamp, sources);
  });
}

/** Entry points that do not exist are left out. */
export async function build(root) {
  const programs = Object.entries(PROGRAMS).filter(([source]) => existsSync(join(root, source)));
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const name of readdirSync(join(root, 'dist'))) if (name.startsWith('chunk-')) rmSync(join(root, 'dist', name));
  await esbuild.build({
    ...programOptions(root),
    entryPoints: programs.map(([source, target]) => ({ in: source, out: target.replace(/^dist\/|\.js$/gu, '') })),
    outdir: 'dist',
    // What only some roles need is a chunk of its own, read when it is needed.
    splitting: true,
    chunkNames: 'chunk-[hash]',
  });
  await buildPublic(root);
}

/** Only the browser's files: what tests of pages need. */
export async function buildPublic(root) {
  const files = [...(await bundleStyles(root)), ...(await bundleScripts(root))];
  writePublic(join(root, 'dist', 'public'), files);
}

/** One program for Node as one file. */
export async function buildProgram(root, source, target) {
  await esbuild.build({ ...programOptions(root), entryPoints: [source], outfile: target });
}

function programOptions(root) {
  return {
    absWorkingDir: root,
    bundle: true,
    plugins: [packagesStay],
    platform: 'node',
    format: 'esm',
    target: 'node22.18',
    sourcemap: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  };
}

/** Packages of many small files: Drizzle alone took half a second and 140 MB to load. */
const BUNDLED = /^(drizzle-orm|d3-|@noble\/|decimal\.js|preact|csv-parse|qrcode-generator)/u;

/** All others are left in node_modules. */
const packagesStay = {
  name: 'packages-stay',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || BUNDLED.test(path) ? undefined : { path, external: true },
    );
  },
};

/** src/views/styles/*.css in order of their names, as one file. */
async function bundleStyles(root) {
  const directory = join(root, 'src', 'views', 'styles');
  const sheets = list(directory, '.css');
  if (sheets.length === 0) return [];
  const joined = sheets.map((file) => readFileSync(join(directory, file), 'utf8')).join('\n');
  const { code } = await esbuild.transform(joined, {
    loader: 'css',
    minify: true,
    target: 'es2020',
    logLevel: 'warning',
  });
  return [{ name: 'app.css', stored: `app.${digest(code)}.css`, content: code }];
}

/**
 * enhance.ts and every island; what they share, Preact above all, is loaded once. Workers are bundled apart: sharing modules
 * with the verifier of lists would bring zod into what a form loads (50 kB in place of 23).
 */
async function bundleScripts(root) {
  const views = join('src', 'views');
  const enhance = [join(views, 'client', 'enhance.ts')].filter((file) => existsSync(join(root, file)));
  const islands = list(join(root, views, 'islands'), '.tsx').map((file) => join(views, 'islands', file));
  const asIsland = (file) => ({ in: file, out: `islands/${basename(file, '.tsx')}` });
  const isWorker = (file) => file.endsWith('-worker.tsx');
  const bundles = [
    [
      ...enhance.map((file) => ({ in: file, out: 'enhance' })),
      ...islands.filter((file) => !isWorker(file)).map(asIsland),
    ],
    ...islands.filter(isWorker).map((file) => [asIsland(file)]),
  ];
  const files = [];
  for (const entryPoints of bundles)
    if (entryPoints.length > 0) files.push(...(await bundleBrowser(root, entryPoints)));
  return files;
}

async function bundleBrowser(root, entryPoints) {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist/public',
    entryNames: '[dir]/[name].[hash]',
    chunkNames: 'shared/[name].[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2020',
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [lightZod(root)],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const entries = new Set(
    Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) => (entryPoint ? [file] : [])),
  );
  return outputFiles.map(({ path, contents }) => {
    const stored = relative(join(root, 'dist', 'public'), path).replaceAll('\\', '/');
    const isEntry = entries.has(`dist/public/${stored}`);
    return { name: isEntry ? stored.replace(/\.[A-Z0-9]{8}\.js$/, '.js') : null, stored, content: contents };
  });
}

/**
 * `import { z }` keeps all of zod, its 50 languages too, as esbuild cannot see which of z's members are used; a namespace
 * import keeps what is used. The program that runs a draw again: 113 kB as it is, 60 kB so (brotli).
 */
function lightZod(root) {
  const domain = join(root, 'src', 'domain');
  return {
    name: 'light-zod',
    setup(builder) {
      builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.startsWith(domain)) return undefined;
        const source = readFileSync(path, 'utf8');
        return { loader: 'ts', contents: source.replace("import { z } from 'zod'", "import * as z from 'zod'") };
      });
    },
  };
}

/** New files first, then the manifest that names them, then away with what it no longer names. */
function writePublic(directory, files) {
  for (const { stored, content } of files) {
    mkdirSync(dirname(join(directory, stored)), { recursive: true });
    writeFileSync(join(directory, stored), content);
    // Compressed here, once: at each start it took a third of a second.
    writeFileSync(join(directory, `${stored}.br`), brotliCompressSync(content, BEST));
    writeFileSync(join(directory, `${stored}.gz`), gzipSync(content, { level: 9 }));
  }
  const named = files.filter(({ name }) => name !== null).sort((a, b) => (a.name < b.name ? -1 : 1));
  const manifest = Object.fromEntries(named.map(({ name, stored }) => [name, stored]));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const kept = new Set(['manifest.json', ...files.flatMap(({ stored }) => [stored, `${stored}.br`, `${stored}.gz`])]);
  for (const file of walk(directory)) {
    if (!kept.has(relative(directory, file).replaceAll('\\', '/'))) rmSync(file);
  }
}

/** Paths, sizes and times of the sources: 3 ms for some hundred files, where hashing them would read them all. */
function fingerprint(root) {
  const files = SOURCES.map((name) => join(root, name))
    .filter(existsSync)
    .flatMap(walk)
    .sort();
  return digest(files.map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`).join('\n'));
}

function walk(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => walk(join(path, name)));
}

function list(directory, extension) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith(extension))
    .sort();
}

function digest(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}
