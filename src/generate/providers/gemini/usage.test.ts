import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../catalog/cost.js';
import type { UsageMetadata } from './reply.js';
import { readUsage } from './usage.js';

const image = (tokenCount: number) => [{ modality: 'IMAGE', tokenCount }];
const tokens = (prompt: [number, number], output: [number, number], thoughts: number, total: number): Usage => ({
  prompt: { text: prompt[0], image: prompt[1] },
  output: { text: output[0], image: output[1] },
  thoughts,
  total,
});

describe('readUsage', () => {
  it.each<[string, UsageMetadata | null, boolean, Usage | null]>([
    [
      'takes text as what the details leave over',
      {
        promptTokenCount: 530,
        promptTokensDetails: image(516),
        candidatesTokenCount: 1132,
        candidatesTokensDetails: image(1120),
        thoughtsTokenCount: 200,
        totalTokenCount: 1862,
      },
      true,
      tokens([14, 516], [12, 1120], 200, 1862),
    ],
    [
      'adds up several entries of one modality',
      {
        promptTokenCount: 1200,
        promptTokensDetails: [...image(560), ...image(560), { modality: 'TEXT', tokenCount: 80 }],
      },
      false,
      tokens([80, 1120], [0, 0], 0, 1200),
    ],
    ['knows a refusal', { promptTokenCount: 326, totalTokenCount: 326 }, false, tokens([326, 0], [0, 0], 0, 326)],
    [
      'knows a refusal after thinking',
      { promptTokenCount: 26, thoughtsTokenCount: 100 },
      false,
      tokens([26, 0], [0, 0], 100, 126),
    ],
    [
      'takes output without details as picture if there is one',
      { candidatesTokenCount: 1290 },
      true,
      tokens([0, 0], [0, 1290], 0, 1290),
    ],
    [
      'and as text if there is none',
      { candidatesTokenCount: 40, candidatesTokensDetails: [] },
      false,
      tokens([0, 0], [40, 0], 0, 40),
    ],
    [
      'believes details over a missing count',
      { candidatesTokensDetails: image(1120) },
      true,
      tokens([0, 0], [0, 1120], 0, 1120),
    ],
    [
      'counts what tools put into the prompt',
      { promptTokenCount: 10, toolUsePromptTokenCount: 5 },
      false,
      tokens([15, 0], [0, 0], 0, 15),
    ],
    ['takes an explicit nothing for nothing', { totalTokenCount: 0 }, false, tokens([0, 0], [0, 0], 0, 0)],
    ['does not make nothing of an empty object', {}, true, null],
    ['has nothing to say without metadata', null, true, null],
  ])('%s', (_name, metadata, hasPicture, expected) => {
    expect(readUsage(metadata, hasPicture)).toEqual(expected);
  });
});
