import { join } from 'node:path';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import { projectRoot } from '../../project-root.ts';
import type { Language } from '../../views/frame.ts';
import type { Http } from '../fastify.ts';
import { accessPages } from './access.ts';
import { assetRoutes, readAssets } from './assets.ts';
import { boardPages } from './boards.ts';
import { bodyPages } from './bodies.ts';
import { bodyDeskPages } from './body-desk.ts';
import { declarationPages } from './declarations.ts';
import { enterpriseLifePages } from './enterprise-life.ts';
import { joinPages } from './join.ts';
import { listPages } from './list-pages.ts';
import { objectionPages } from './objections.ts';
import { objectionDeskPages } from './objection-desk.ts';
import { candidateDeskPages } from './candidate-desk.ts';
import { forerunnerDeskPages } from './forerunner-desk.ts';
import { forerunnerPages } from './forerunners.ts';
import { peoplePages } from './people.ts';
import { cataloguePages } from './catalogue.ts';
import { deskPages } from './desk.ts';
import { deskMappingPages } from './desk-mappings.ts';
import { deskRunPages } from './desk-runs.ts';
import { drawPages } from './draws.ts';
import { changePages } from './form-changes.ts';
import { entryPages } from './form-entry.ts';
import { submitPages } from './form-submit.ts';
import { textPages } from './form-text.ts';
import { formPages } from './forms.ts';
import type { Pages, PageSettings } from './frame.ts';
import { helpPages } from './help.ts';
import { homePages } from './home.ts';
import { importPages } from './imports.ts';
import { preferencePages } from './preferences.ts';
import { runPages } from './runs.ts';
import { schemeDeskPages } from './scheme-desk.ts';
import { schemeEditorPages } from './scheme-editor.ts';
import { schemeImportPages } from './scheme-import.ts';
import { schemePages } from './schemes.ts';
import { standardPages } from './standards.ts';
import { StoredPages } from './stored-pages.ts';

/** Every page, in Chinese at `/…` and in English at `/en/…`, and the browser's files that they name. */
export async function pageRoutes(http: Http, settings: PageSettings): Promise<void> {
  const assets = readAssets(join(projectRoot, 'dist', 'public'));
  if (assets.style === null) settings.logger.warn('no built styles: run npm run build; the pages are served plain');
  http.decorate('assets', assets);
  const stored = new StoredPages();
  await http.register(async (pages) => {
    await pages.register(compress, {
      encodings: ['br', 'gzip'],
      // Quality 4 compresses a page in some 3 ms; 11, the default, would take fifty times that on each request.
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    });
    assetRoutes(pages as Http, assets);
    for (const lang of ['zh', 'en'] as const)
      await pages.register(pagesIn(lang), { prefix: lang === 'zh' ? '' : '/en' });
  });

  function pagesIn(lang: Language) {
    return async (pages: unknown): Promise<void> => {
      const given: Pages = { settings, assets, lang };
      const routes = pages as Http;
      // Pages are no part of the API document.
      routes.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true };
      });
      homePages(routes, given);
      declarationPages(routes, given);
      boardPages(routes, given, stored);
      listPages(routes, given);
      schemePages(routes, given);
      schemeDeskPages(routes, given);
      schemeEditorPages(routes, given);
      await schemeImportPages(routes, given);
      standardPages(routes, given);
      drawPages(routes, given);
      runPages(routes, given);
      deskRunPages(routes, given);
      deskMappingPages(routes, given);
      accessPages(routes, given);
      deskPages(routes, given);
      await joinPages(routes, given);
      peoplePages(routes, given);
      await cataloguePages(routes, given);
      enterpriseLifePages(routes, given);
      bodyPages(routes, given);
      bodyDeskPages(routes, given);
      await objectionPages(routes, given);
      objectionDeskPages(routes, given);
      forerunnerPages(routes, given);
      forerunnerDeskPages(routes, given);
      await candidateDeskPages(routes, given);
      entryPages(routes, given);
      formPages(routes, given);
      await textPages(routes, given);
      submitPages(routes, given);
      changePages(routes, given);
      await importPages(routes, given);
      helpPages(routes, given);
      preferencePages(routes, given);
    };
  }
}
