import { readRecord } from '../src/record.js';
import { htmlReporter } from '../src/report/reporters/html/html.js';

/** Makes the report of a run's folder in a process of its own, and prints what that took. */
const [folder = ''] = process.argv.slice(2);
const record = readRecord(folder);
const start = performance.now();
const before = process.cpuUsage();
await htmlReporter().onEnd?.(record, { folder, write: () => undefined });
const { user, system } = process.cpuUsage(before);
const made = {
  ms: performance.now() - start,
  /** Of this process: what the machine's other work does not change. */
  cpuMs: (user + system) / 1000,
  rssMb: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(JSON.stringify(made));
