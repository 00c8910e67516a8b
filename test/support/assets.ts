import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/project-root.ts';

/** Builds the browser's files as they are now (0.2 s); the build is a plain script, without types. */
export async function buildAssets(): Promise<void> {
  const script = pathToFileURL(join(projectRoot, 'scripts', 'build.mjs')).href;
  const { buildPublic } = (await import(script)) as { readonly buildPublic: (root: string) => Promise<void> };
  await buildPublic(projectRoot);
}
