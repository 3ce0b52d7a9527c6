import { candidates, type CandidateName, Gates } from '../src/cli/__fixtures__/gates.js';
import type { RunRecord } from '../src/record.js';
import { mean } from '../src/stats/summary.js';

/**
 * `npm run bench:gate-e2e [baselines]`: whole gates on the emulator, with nothing simulated but the model: pictures over
 * HTTP, the embedded encoder, approval, the sequential rule. Each baseline is drawn anew and asked about every candidate;
 * the rates of a candidate are over independent baselines. Seeded: the same code gives the same table.
 */
const baselines = Number(process.argv[2] ?? 100);
/** Baselines at a time: one draws and approves while the other is scored. */
const WIDTH = 2;

/** What the gate promises of a candidate, and how often it may break it. */
const promises: Partial<Record<CandidateName, { never: State; limit: number }>> = {
  unchanged: { never: 'regression', limit: 0.05 },
  'emulated-drifting': { never: 'pass', limit: 0.05 },
  'three times the drift': { never: 'pass', limit: 0.05 },
};

type State = NonNullable<RunRecord['verdict']>['state'];
const names = Object.keys(candidates) as CandidateName[];
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Score interval, 95 %. Source: E. B. Wilson, J. Am. Stat. Assoc. 22(158), 1927. */
function wilson(events: number, of: number): string {
  const z = 1.96;
  const middle = (events + z ** 2 / 2) / (of + z ** 2);
  const half = (z / (of + z ** 2)) * Math.sqrt((events * (of - events)) / of + z ** 2 / 4);
  return `${(events / of).toFixed(3)} [${Math.max(0, middle - half).toFixed(3)}, ${Math.min(1, middle + half).toFixed(3)}]`;
}

function shown(values: readonly number[], digits: number): string {
  return values.length > 0 ? mean(values).toFixed(digits) : '-';
}

function row(name: CandidateName, records: readonly RunRecord[]): string {
  const count = (state: State) => records.filter(({ verdict }) => verdict?.state === state).length;
  const numbers = records.flatMap(({ gate }) => gate?.numbers ?? []);
  const promise = promises[name];
  const broken = promise ? `${wilson(count(promise.never), records.length)} ≤ ${promise.limit}` : '';
  const cells = [
    name,
    records.length,
    wilson(count('pass'), records.length),
    wilson(count('regression'), records.length),
    count('inconclusive'),
    broken,
    shown(
      numbers.map(({ samples }) => samples.counted + samples.extra),
      1,
    ),
    shown(
      numbers.flatMap(({ metrics }) => metrics[0]?.margin ?? []),
      3,
    ),
    shown(
      numbers.flatMap(({ metrics }) => metrics[0]?.effect ?? []),
      3,
    ),
  ];
  return `| ${cells.join(' | ')} |`;
}

await using gates = await Gates.open();
const played: RunRecord[][] = [];
const start = performance.now();
let next = 1;
const work = async () => {
  for (let seed = next++; seed <= baselines; seed = next++) {
    const records = await gates.play(seed, names);
    for (const { verdict } of records)
      if (!['pass', 'regression', 'inconclusive'].includes(verdict?.state ?? '')) throw new Error(verdict?.title);
    played.push(records);
    const states = records.map(({ verdict, totals }, i) => `${names[i]} ${verdict?.state} (${totals.images})`);
    process.stderr.write(`baseline ${seed}: ${states.join(', ')}\n`);
  }
};
await Promise.all(Array.from({ length: WIDTH }, work));
const seconds = (performance.now() - start) / 1000;

print('| candidate | gates | PASS | REGRESSION | open | wrong, promised | images | δ | θ̂ |');
print(`|${' --- |'.repeat(9)}`);
names.forEach((name, i) => {
  print(
    row(
      name,
      played.flatMap((records) => records[i] ?? []),
    ),
  );
});
print('');
print(
  `${baselines} baselines of 16 pictures, each asked about ${names.length} candidates: ${(seconds / baselines).toFixed(1)} s a baseline`,
);
