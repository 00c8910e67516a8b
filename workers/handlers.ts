import { giveUpComparison, runComparison } from '../src/services/comparisons/run-comparison.ts';
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
    'draw-sample': { run: ({ draw }) => drawSample(database, draw) },
  };
}
