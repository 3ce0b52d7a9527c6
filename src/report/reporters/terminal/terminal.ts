import { join } from 'node:path';
import { existsSync } from '../../../lib/files.js';
import type { Reporter, ReporterOptions } from '../../reporter.js';
import { progress } from './progress.js';
import { summary } from './summary.js';

/** Progress while the run goes on, a summary when it is over. The last line is where to look next. */
export function terminalReporter(options: ReporterOptions): Reporter {
  const tell = progress(options);
  return {
    id: 'terminal',
    onEvent: (event) => tell(event),
    onEnd(record, { folder, write }) {
      const page = join(folder, 'index.html');
      write(`\n${summary(record, options.colours)}\n\n${existsSync(page) ? page : join(folder, 'run.json')}\n`);
    },
  };
}
