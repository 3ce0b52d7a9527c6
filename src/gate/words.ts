import { rates } from './rates.js';
import type { GateInput, Obstacle } from './input.js';
import type { MetricVerdict, RateVerdict, Verdict } from './verdict.js';

type Numbers = Omit<Verdict, 'state' | 'title' | 'message'>;

/** The verdict for people: one line, and a few sentences with the numbers behind it. */
export function words(
  state: Verdict['state'],
  input: GateInput,
  numbers: Numbers,
  obstacles: readonly Obstacle[],
): { title: string; message: string } {
  const about = `${input.subject} against ${input.against}: `;
  const measured =
    about +
    sentences([
      ...numbers.metrics.map(metricSentence),
      ...(state === 'pass' ? undecidedSentence(numbers) : []),
      ...brokenSentences(numbers),
      ...numbers.rates.filter(({ state: rate }) => rate === 'risen').map(rateSentence),
      ...remarks(numbers),
    ]);
  switch (state) {
    case 'pass':
      return { title: `Pass: ${input.subject}, ${passTitle(input, numbers)}`, message: measured };
    case 'regression':
      return { title: `Regression: ${input.subject}, ${regressionTitle(numbers)}`, message: measured };
    case 'inconclusive':
      return {
        title: `Inconclusive: ${input.subject}, ${openTitle(numbers)}`,
        message: `${measured} ${wayOut(numbers)}`,
      };
    case 'not-gateable':
      return {
        title: `Not gateable: ${input.subject}, ${obstacles[0]?.problem ?? ''}`,
        message: about + sentences(obstacles.map(({ problem, fix }) => `${problem}. ${fix}`)),
      };
    case 'infra':
      return { title: 'No verdict: the infrastructure failed', message: sentences([input.infra ?? '']) };
  }
}

function passTitle({ against }: GateInput, { metrics, samples, spent }: Numbers): string {
  const judged = metrics.filter(({ state }) => state === 'pass');
  if (judged.length === 0) return `no request differs from ${against}`;
  const margins = judged.map(({ id, margin }) => `${shown(margin)} or more in ${id}`).join(', ');
  return `no drop of ${margins} ${afterAll({ samples, spent })}`;
}

function regressionTitle(numbers: Numbers): string {
  const dropped = numbers.metrics.find(({ state }) => state === 'regression');
  if (dropped) {
    const worst = worstCase(numbers, dropped.id);
    const where = worst === null ? '' : `; worst: ${worst}`;
    return `${moved(dropped)} (margin ${shown(dropped.margin)}) ${afterAll(numbers)}${where}`;
  }
  const broken = brokenSentences(numbers);
  if (broken.length > 0) return broken.join('; ');
  return numbers.rates
    .filter(({ state }) => state === 'risen')
    .map(rateSentence)
    .join(', ');
}

/** What the decision took. The money is also for what was made beside it, so that is said too. */
function afterAll({ samples, spent }: Pick<Numbers, 'samples' | 'spent'>): string {
  const made = samples.counted + samples.extra;
  const beside = made > samples.counted ? ` of ${made} made` : '';
  return `in ${count(samples.counted, 'image')}${beside}${spent === null ? '' : `, $${spent.toFixed(2)}`}`;
}

function openTitle({ metrics, samples }: Numbers): string {
  const open = metrics.filter(({ state }) => state === 'open').map(({ id }) => id);
  return `${open.join(', ')} undecided after ${samples.counted} of ${count(samples.cap, 'sample')}`;
}

function wayOut({ rule, metrics, cases, samples }: Numbers): string {
  if (samples.counted < samples.cap) return 'The run stopped early; the same command goes on.';
  const bare = cases.filter((each) => each.metrics.some(({ n }) => n === 0)).map((each) => each.case);
  if (bare.length > 0) return `Without a score: ${bare.join(', ')}.`;
  const detectable = metrics.flatMap(({ state, detectable: least }) => (state === 'open' ? (least ?? []) : []));
  const least = detectable.length > 0 ? ` A drop of ${shown(Math.max(...detectable))} would have been found.` : '';
  return rule === 'fixed'
    ? `A fixed number of samples is judged once: judge anew with a larger -n, or without --fixed, which may go on.${least}`
    : `More samples may follow under the same rule, at no penalty.${least}`;
}

/** `consistency down 0.047` */
function moved({ id, better, effect }: Pick<MetricVerdict, 'id' | 'better' | 'effect'>): string {
  if (effect === null) return `${id} not judged yet`;
  const change = better === 'higher' ? effect : -effect;
  return Number(shown(change)) === 0
    ? `${id} as before`
    : `${id} ${change < 0 ? 'down' : 'up'} ${shown(Math.abs(change))}`;
}

function metricSentence(metric: MetricVerdict): string {
  if (metric.state === 'unchanged') return `${metric.id}: no request differs`;
  const { bounds, better, n, n0, margin } = metric;
  if (!bounds) return moved(metric);
  const [low, high] = better === 'higher' ? [bounds.low, bounds.high] : [-bounds.high, -bounds.low];
  const promise = bounds.kind === 'anytime' ? ' at every look' : '';
  const percent = Math.round(bounds.confidence * 100);
  return `${moved(metric)} [${shown(low)}, ${shown(high)}] (${percent} %${promise}), margin ${shown(margin)}, ${count(n, 'new score')} against ${n0}`;
}

function brokenSentences({ cases, metrics }: Numbers): string[] {
  return cases
    .filter(({ state }) => state === 'broken')
    .map((each) => {
      const by = metrics.flatMap(({ id, better }) =>
        each.metrics
          .filter((guard) => guard.id === id && guard.state === 'broken')
          .map(({ effect, n }) => `${moved({ id, better, effect })} in ${count(n, 'sample')}`),
      );
      return `${each.case} is broken, ${by.join(', ')}`;
    });
}

/** A pass stands without them, but they are named. */
function undecidedSentence({ cases }: Numbers): string[] {
  const names = cases.filter(({ state }) => state === 'undecided').map((each) => each.case);
  return names.length > 0 ? [`Not shown to be whole by their own samples: ${names.join(', ')}`] : [];
}

function rateSentence({ id, candidate, reference }: RateVerdict): string {
  const name = rates.find((rate) => rate.id === id)?.words ?? id;
  return `${name} in ${candidate.events} of ${count(candidate.of, 'sample')}, against ${reference.events} of ${reference.of}`;
}

function remarks({ rule, metrics, samples }: Numbers): string[] {
  const decided = metrics.some(({ state }) => state === 'pass' || state === 'regression');
  const early = rule === 'sequential' && decided && samples.counted < samples.cap;
  return [
    ...(early ? ['An estimate at an early stop slightly overstates the difference'] : []),
    ...(samples.repeated > 0
      ? [`${count(samples.repeated, 'sample')} repeated what was there before and did not count`]
      : []),
  ];
}

/** Of the cases of one metric, the one that fell the most. */
function worstCase({ cases }: Numbers, id: string): string | null {
  const effects = cases.flatMap((each) =>
    each.metrics.flatMap((guard) =>
      guard.id === id && guard.effect !== null ? [{ name: each.case, effect: guard.effect }] : [],
    ),
  );
  return effects.sort((a, b) => a.effect - b.effect)[0]?.name ?? null;
}

function shown(value: number): string {
  return String(Number(value.toFixed(3)) + 0);
}

/** `1 sample`, `4 samples`. */
export function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

function sentences(parts: readonly string[]): string {
  return parts.map((part) => (part.endsWith('.') ? part : `${part}.`)).join(' ');
}
