import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readFileSync, writeFileAtomic } from '../../src/lib/files.js';
import { QUICK, TRAIN, TRAIN_SEED } from './design.js';
import { measureAll } from './measuring.js';
import { fitWeights, pairsOf } from './weights.js';

/**
 * `npm run fit`: fits the weights of the channels of consistency to the train characters and writes them to
 * src/score/weights.json, leaving its version: raise that by hand once baselines were scored with the old weights.
 * Those for encoders without patches are fitted to the same pictures with the pooled channels alone.
 * `-- --encoder ID|DIR`; `-- --dump FILE` also writes every picture with all channels, a line of JSON each;
 * `-- --quick` draws few pictures and prints the weights without writing them.
 */
const { values } = parseArgs({
  options: {
    encoder: { type: 'string', default: 'pocket' },
    dump: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const file = join(import.meta.dirname, '../../src/score/weights.json');
interface Weights {
  version: string;
  patches: Record<string, number>;
  pooled: Record<string, number>;
}
const before = JSON.parse(readFileSync(file, 'utf8')) as Weights;
const counts = values.quick ? QUICK : TRAIN;
const { identities } = await measureAll(values.encoder, TRAIN_SEED, counts, (line) =>
  process.stderr.write(`${line}\n`),
);
if (values.dump !== undefined) {
  writeFileAtomic(
    values.dump,
    identities
      .flat()
      .map((picture) => `${JSON.stringify(picture)}\n`)
      .join(''),
  );
}
const hasPatches = identities.flat().some(({ scores }) => 'patches' in scores);
const fitted: Weights = {
  version: before.version,
  patches: hasPatches ? fit(Object.keys(before.patches)) : before.patches,
  pooled: fit(Object.keys(before.pooled)),
};
const text = `${JSON.stringify(fitted, null, 2)}\n`;
process.stdout.write(text);
if (!values.quick) writeFileAtomic(file, text);

function fit(channels: readonly string[]): Record<string, number> {
  const weights = fitWeights(pairsOf(identities, channels), channels.length);
  return Object.fromEntries(channels.map((name, i) => [name, Math.round(1000 * (weights[i] ?? NaN)) / 1000]));
}
