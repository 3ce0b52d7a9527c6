import { encodePng } from '../src/image/codec.js';
import { filled } from '../src/image/raster.js';
import { generate } from '../src/generate/generate.js';
import { heights } from '../src/plan/graph.js';
import type { PlannedSample } from '../src/plan/plan.js';
import { benchContext, benchSuite, instantProvider, median } from './instant.js';

const LATENCY_MS = 300;
const WIDTH = 8;
const ROUNDS = 5;

/** case -> the cases it is made from: the shape of the robot's journey, every chain generated. */
const journey: Record<string, string[]> = {
  cutout: [],
  sheet: ['cutout'],
  mountains: ['sheet'],
  valley: ['sheet', 'mountains'],
  forest: ['sheet', 'valley'],
  clearing: ['sheet', 'forest'],
  ascension: ['sheet', 'mountains'],
  summit: ['sheet', 'ascension'],
  bridge: ['sheet', 'summit'],
  hammock: ['sheet', 'bridge'],
};

/** How near the walk of the DAG comes to the shortest time that any schedule could take. */
export async function schedule(): Promise<string[]> {
  const round = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((sample) =>
    Object.entries(journey).map(([name, parents]) => planned(name, sample, parents)),
  );
  const ideal = LATENCY_MS * shortest(round);
  const pictures = Array.from({ length: 64 }, (_, index) => encodePng(filled(64, 64, [index * 4, 99, 99, 255])));
  const times: number[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    const context = benchContext(
      (answers) => instantProvider(pictures, LATENCY_MS, answers),
      WIDTH,
      benchSuite([], {}),
    );
    const start = performance.now();
    await generate(round, context);
    times.push(performance.now() - start);
  }
  const time = median(times);
  return [
    `schedule efficiency    ${(ideal / time).toFixed(3)} (${round.length} calls of ${LATENCY_MS} ms, ${WIDTH} wide: ${time.toFixed(0)} ms, ideal ${ideal} ms, median of ${ROUNDS})`,
  ];
}

/** Calls one after another in any schedule, at least: by the longest chain, and by the work below each level. */
function shortest(round: readonly PlannedSample[]): number {
  const height = [...heights(new Map(round.map((each) => [each.id, each.parents]))).values()];
  const longest = Math.max(...height);
  // All samples with at least `h` calls still to come, themselves included, must start h - 1 steps before the end.
  return Math.max(
    ...Array.from({ length: longest }, (_, index) => index + Math.ceil(height.filter((h) => h > index).length / WIDTH)),
  );
}

function planned(name: string, sample: number, parents: string[]): PlannedSample {
  const variant = {
    id: 'bench@v1',
    model: 'gemini-nano-banana-2.1',
    name: 'bench',
    settings: {},
    revision: 'v1',
    candidate: true,
  };
  const idOf = (each: string) => `${each}#${sample}`;
  return {
    id: idOf(name),
    slot: idOf(name),
    case: name,
    variant,
    sample,
    seed: sample * 100 + Object.keys(journey).indexOf(name),
    prompt: name,
    generation: {},
    inputs: parents.map((parent) => ({ name: parent, from: 'sample' as const, id: idOf(parent) })),
    parents: parents.map(idOf),
  };
}
