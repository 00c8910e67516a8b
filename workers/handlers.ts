import { giveUpComparison, runComparison } from '../src/services/comparisons/run-comparison.ts';
import { checkImport, giveUpImport } from '../src/services/imports/check-import.ts';
import { importRows } from '../src/services/imports/import-rows.ts';
import type { JobHandlers } from '../src/services/jobs/do-job.ts';
import { drawSample } from '../src/services/spot-checks/draw-sample.ts';
import type { Database } from '../src/store/database.ts';

/** Job name → service; a background act is one line here. */
export function handlersFor(database: Database): JobHandlers {
  return {
    'run-comparison': {
      run: ({ run }, stop) => runComparison(database, run, stop),
      giveUp: ({ run }) => giveUpComparison(database, run),
    },
    'check-import': {
      run: (data, stop) => checkImport(database, data, stop),
      giveUp: (data) => giveUpImport(database, data, 'checking'),
    },
    'import-rows': {
      run: (data, stop) => importRows(database, data, stop),
      giveUp: (data) => giveUpImport(database, data, 'importing'),
    },
    'draw-sample': { run: ({ draw }) => drawSample(database, draw) },
  };
}
