import { expect, it } from 'vitest';
import { AnswerCache } from './answers.js';
import { failedAnswer, okAnswer, plannedTurns, scripted, workshop } from './__fixtures__/scripted.js';
import { generate } from './generate.js';
import { readJournal, resume } from './journal.js';

const turns = plannedTurns('portrait', 1, 3);
const told = (landed: { turn?: number; outcome: string; reason: string | null }[]) =>
  landed.map(({ turn, outcome, reason }) => [turn, outcome, reason]);

it('each turn carries what was said before it, the pictures of the first turn included', async () => {
  const { calls, provide } = scripted((request) => okAnswer(request));
  const { context, landed } = workshop(provide);
  expect(await generate(turns, context)).toBeNull();
  expect(told(landed)).toEqual([1, 2, 3].map((turn) => [turn, 'ok', null]));
  expect(
    calls.map(({ prompt, images, history }) => [prompt, images.length, history?.map((each) => each.prompt)]),
  ).toEqual([
    ['Turn 1 of portrait.', 1, undefined],
    ['Turn 2 of portrait.', 1, ['Turn 1 of portrait.']],
    ['Turn 3 of portrait.', 1, ['Turn 1 of portrait.', 'Turn 2 of portrait.']],
  ]);
  const answers = calls[2]?.history?.map(({ answer }) => answer.content);
  expect(answers).toEqual(landed.slice(0, 2).map(({ key }) => context.answers.get(key ?? '')?.body));
  expect(new Set(landed.map(({ key }) => key)).size).toBe(3);
});

it('sets aside more for a later turn, which sends again what was said', async () => {
  const { provide } = scripted((request) => okAnswer(request));
  const { context } = workshop(provide);
  const reserved: number[] = [];
  const { budget } = context;
  const reserve = budget.reserve.bind(budget);
  budget.reserve = (amount) => reserve(reserved[reserved.push(amount) - 1] ?? 0);
  await generate(turns, context);
  expect(reserved).toHaveLength(3);
  expect(reserved).toEqual([...reserved].sort((a, b) => a - b));
  expect(new Set(reserved).size).toBe(3);
});

it('ends at a turn without a picture; the later ones are skipped, and not asked for', async () => {
  const { calls, provide } = scripted((request, call) =>
    okAnswer(request, call === 2 ? { outcome: 'refused', images: [], reason: 'IMAGE_SAFETY' } : {}),
  );
  const { context, landed } = workshop(provide);
  expect(await generate([...turns, ...plannedTurns('portrait', 2, 1)], { ...context, concurrency: 1 })).toBeNull();
  expect(told(landed.filter(({ sample }) => sample === 1))).toEqual([
    [1, 'ok', null],
    [2, 'refused', 'IMAGE_SAFETY'],
    [3, 'skipped', 'turn 2 has no picture: refused'],
  ]);
  expect(calls).toHaveLength(3);
});

it('goes on where it was interrupted, and pays for no turn twice', async () => {
  const first = scripted((request, call) => (call === 2 ? failedAnswer(401, 'model-ended') : okAnswer(request)));
  const before = workshop(first.provide);
  await generate(turns, before.context);
  expect(before.landed.map(({ outcome, pending }) => [outcome, pending])).toEqual([
    ['ok', undefined],
    ['infra_error', true],
    ['skipped', true],
  ]);

  const second = scripted((request) => okAnswer(request));
  const { context, landed } = workshop(second.provide, { folder: before.folder });
  const { samples } = resume(readJournal(`${before.folder}/run/journal.jsonl`));
  for (const [id, sample] of samples) context.made.set(id, sample);
  expect([...samples.keys()]).toEqual([turns[0]?.id]);
  await generate(turns, context);
  expect(told(landed)).toEqual([2, 3].map((turn) => [turn, 'ok', null]));
  expect(second.calls.map(({ prompt }) => prompt)).toEqual(['Turn 2 of portrait.', 'Turn 3 of portrait.']);
  expect(second.calls[0]?.history?.[0]?.answer.sha256).toMatch(/^[0-9a-f]{64}$/);
});

it('takes whole conversations from the cache, and later turns anew where an earlier answer is another one', async () => {
  const script = scripted((request) => okAnswer(request));
  const { folder, context } = workshop(script.provide);
  await generate(turns, context);
  const again = workshop(script.provide, { folder, resumed: resume([]) });
  await generate(turns, again.context);
  expect(again.landed.map(({ cached }) => cached)).toEqual([true, true, true]);
  expect(script.calls).toHaveLength(3);

  const other = scripted((request, call) => okAnswer(request, call === 1 ? { text: 'Another answer.' } : {}));
  const key = again.landed[0]?.key ?? '';
  new AnswerCache(`${folder}/answers`).discard(key);
  const third = workshop(other.provide, { folder, resumed: resume([]) });
  await generate(turns, third.context);
  expect(other.calls).toHaveLength(3);
  expect(third.landed.map((each) => each.key)).toEqual([key, expect.any(String), expect.any(String)]);
  expect(third.landed[1]?.key).not.toBe(again.landed[1]?.key);
});

it('cannot go on once the cache has lost what the model said', async () => {
  const first = scripted((request, call) => (call === 2 ? failedAnswer(401, 'model-ended') : okAnswer(request)));
  const before = workshop(first.provide);
  await generate(turns, before.context);
  before.context.answers.discard(before.landed[0]?.key ?? '');

  const { calls, provide } = scripted((request) => okAnswer(request));
  const { context, landed } = workshop(provide, { folder: before.folder });
  for (const [id, sample] of resume(readJournal(`${before.folder}/run/journal.jsonl`)).samples)
    context.made.set(id, sample);
  await generate(turns, context);
  expect(told(landed)).toEqual([
    [2, 'skipped', 'what the model said in an earlier turn is no longer in the cache'],
    [3, 'skipped', 'turn 2 has no picture: skipped'],
  ]);
  expect(calls).toEqual([]);
});
