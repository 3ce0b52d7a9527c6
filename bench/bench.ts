import { consistency } from './consistency.js';
import { overhead } from './overhead.js';
import { schedule } from './schedule.js';

const benches = { overhead, schedule, consistency };

/**
 * `npm run bench [-- NAME ...]`: what the harness itself costs. Timings are of this machine; the ratios are what to
 * look at.
 */
const asked = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const line of await bench()) process.stdout.write(`${line}\n`);
}
