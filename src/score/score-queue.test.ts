import { expect, it } from 'vitest';
import { blankSample, type Picture, type Sample } from '../generate/sample.js';
import { smallSuite } from '../plan/__fixtures__/suite.js';
import { makePlan } from '../plan/plan.js';
import { selectVariants } from '../plan/select.js';
import type { Case, Character } from '../suite/suite.js';
import { ScoreQueue } from './score-queue.js';
import type { ScoreTask } from './thread.js';

/** Which sheets a picture is scored against; of the pictures only their hashes matter. */

const view = (name: string, box: Character['views'][number]['box'] = null) => ({ name, box });
const characters: Record<string, Character> = {
  robot: { name: 'robot', sheet: { case: 'sheet' }, views: [view('front'), view('back', [0.5, 0, 0.5, 1])] },
  dog: { name: 'dog', sheet: { asset: 'kennel' }, views: [view('side')] },
  cat: { name: 'cat', sheet: { case: 'sheet' }, views: [view('front', [0, 0, 0.5, 1])] },
};
const robot = { name: 'robot', case: 'sheet' };
const dog = { name: 'dog', asset: 'kennel' };

const each = (name: string, images: Case['images'], shown: string[]): Case => ({
  name,
  images,
  characters: shown,
  generation: {},
  text: [],
  checklist: [],
  prompts: { v2: [''], v1: [''] },
});

const picture = (name: string): Picture => ({
  sha256: `hash of ${name}`,
  mime: 'image/png',
  width: 688,
  height: 384,
  path: `images/${name}.png`,
});

/** The task that scoring one sample of a case comes to; the sample received pictures of these names. */
async function taskOf(scored: Case, received: string[], approved: string[] = []): Promise<ScoreTask> {
  const suite = smallSuite({ characters, cases: [each('sheet', [], []), scored] });
  const [planned] = makePlan({
    suite,
    variants: selectVariants(suite, { models: [], revisions: [], cases: [] }).slice(0, 1),
    cases: [scored],
    samples: 1,
    inputs: 'approved',
    approved: new Set(['sheet']),
    offset: 0,
    seed: 0,
    generationFor: () => ({}),
  }).first.filter((sample) => sample.case === scored.name);
  if (!planned) throw new Error('nothing planned');
  const sample: Sample = {
    ...blankSample(planned),
    image: picture('scene'),
    inputs: received.map((name) => ({ ...picture(name), name })),
  };
  const tasks: ScoreTask[] = [];
  const queue = new ScoreQueue({
    suite,
    score: (task) => Promise.resolve(void tasks.push(task)).then(() => ({ scores: {} })),
    read: ({ sha256 }) => Buffer.from(sha256),
    approved: (name) => (approved.includes(name) ? { sha256: 'approved', bytes: Buffer.from('approved') } : null),
  });
  queue.add(sample, planned, () => undefined);
  await queue.idle();
  const [task] = tasks;
  if (!task) throw new Error('nothing scored');
  return task;
}

const sheet = (character: string, of: string) => ({
  character,
  views: characters[character]?.views,
  sha256: of,
  bytes: Buffer.from(of),
});

it.each<[string, Case, string[], Pick<ScoreTask, 'makesSheet' | 'withoutSheet'> & { sheets: unknown[] }]>([
  ['nobody', each('hill', [robot], []), ['robot'], { makesSheet: false, sheets: [], withoutSheet: [] }],
  [
    'one, by the sheet it received',
    each('hill', [dog, robot], ['robot']),
    ['dog', 'robot'],
    { makesSheet: false, sheets: [sheet('robot', 'hash of robot')], withoutSheet: [] },
  ],
  [
    'several, in the order of the suite',
    each('hill', [dog, robot], ['dog', 'robot']),
    ['dog', 'robot'],
    { makesSheet: false, sheets: [sheet('robot', 'hash of robot'), sheet('dog', 'hash of dog')], withoutSheet: [] },
  ],
  [
    'two on one sheet',
    each('hill', [robot], ['robot', 'cat']),
    ['robot'],
    { makesSheet: false, sheets: [sheet('robot', 'hash of robot'), sheet('cat', 'hash of robot')], withoutSheet: [] },
  ],
  [
    'one by the name its sheet was sent under',
    each('hill', [{ name: 'sheet', case: 'sheet' }], ['robot']),
    ['sheet'],
    { makesSheet: false, sheets: [sheet('robot', 'hash of sheet')], withoutSheet: [] },
  ],
  [
    'one of a sample from before the case showed the other',
    each('hill', [dog, robot], ['robot', 'dog']),
    ['robot'],
    { makesSheet: false, sheets: [sheet('robot', 'hash of robot')], withoutSheet: ['dog'] },
  ],
])('a scene shows %s', async (_, scored, received, expected) => {
  expect(await taskOf(scored, received, ['sheet', 'hill'])).toMatchObject(expected);
});

it('a new sheet is scored against the approved one, for everyone on it', async () => {
  const suite = each('sheet', [dog], []);
  expect(await taskOf(suite, ['dog'], ['sheet'])).toMatchObject({
    makesSheet: true,
    sheets: [sheet('robot', 'approved'), sheet('cat', 'approved')],
    withoutSheet: [],
  });
  expect(await taskOf(suite, ['dog'])).toMatchObject({ makesSheet: true, sheets: [], withoutSheet: ['robot', 'cat'] });
});

it('an edit is compared with the picture that it received, and with its marked copy', async () => {
  const sky = { name: 'dog marked by sky.png', asset: 'dog marked by sky.png' };
  const edit = { picture: 'dog', marked: sky.name, outpaint: null, keeps: true };
  const scored = { ...each('hill', [dog, sky], []), edit };
  const file = (name: string) => ({ sha256: `hash of ${name}`, bytes: Buffer.from(`hash of ${name}`) });
  const { kept } = await taskOf(scored, ['dog', sky.name]);
  expect(kept).toEqual({ ...file('dog'), marked: file(sky.name), outpaint: null });
  expect((await taskOf(scored, ['dog'])).kept).toBeNull();
  expect((await taskOf({ ...scored, edit: { ...edit, keeps: false } }, ['dog', sky.name])).kept).toBeNull();
  const wider = { ...scored, edit: { ...edit, marked: null, outpaint: 'right' as const } };
  expect((await taskOf(wider, ['dog'])).kept).toEqual({ ...file('dog'), marked: null, outpaint: 'right' });
});
