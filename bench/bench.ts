import { overhead } from './overhead.js';
import { schedule } from './schedule.js';

/** `npm run bench`: what the harness itself costs. Timings are of this machine; the ratios are what to look at. */
for (const line of [...(await overhead()), ...(await schedule())]) process.stdout.write(`${line}\n`);
