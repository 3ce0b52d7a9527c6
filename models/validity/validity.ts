import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeFileAtomic } from '../../src/lib/files.js';
import { FULL, HELD_OUT_SEED, QUICK } from './design.js';
import { measureAll } from './measuring.js';
import { report } from './report.js';
import { resultsOf } from './results.js';
import { robotSpread } from './spread.js';

/**
 * `npm run validity`: proves on held-out characters how well the consistency metric sees planted drift, and writes
 * models/validity.md and .json. `-- --quick` draws few pictures, prints the page and writes nothing;
 * `-- --encoder ID|DIR` judges another encoder.
 */
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, encoder: { type: 'string', default: 'pocket' } },
});
const counts = values.quick ? QUICK : FULL;
const measurement = await measureAll(values.encoder, HELD_OUT_SEED, counts, (line) =>
  process.stderr.write(`${line}\n`),
);
const results = resultsOf(measurement, counts, HELD_OUT_SEED, robotSpread());
if (values.quick) {
  process.stdout.write(report(results));
} else {
  writeFileAtomic(join(import.meta.dirname, '../validity.md'), report(results));
  writeFileAtomic(join(import.meta.dirname, '../validity.json'), `${JSON.stringify(results, null, 2)}\n`);
}
