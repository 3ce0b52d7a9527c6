import { describe, expect, it } from 'vitest';
import type { Answer } from '../../provider.js';
import { call } from './__fixtures__/call.js';

const first = Buffer.from('first picture');
const second = Buffer.from('second picture');
/** JPEG's first bytes, which Gemini likes to call image/png. */
const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex');
const picture = (bytes: Buffer, rest: object = {}) => ({
  inlineData: { mimeType: 'image/png', data: bytes.toString('base64') },
  ...rest,
});
const answer = (parts: object[] | undefined, rest: object = { finishReason: 'STOP' }) => ({
  candidates: [{ content: { role: 'model', parts }, ...rest }],
});

type Expected = Partial<Pick<Answer, 'outcome' | 'reason' | 'finishReason' | 'text' | 'retry'>> & { images?: Buffer[] };
const nothing: Expected = { images: [], text: null, retry: 'no' };

const table: [string, object, Expected][] = [
  [
    'a picture with a caption',
    answer([{ text: 'Here ' }, { text: 'it is.' }, picture(first)]),
    { outcome: 'ok', reason: null, images: [first], text: 'Here it is.', finishReason: 'STOP' },
  ],
  ['a JPEG that says it is a PNG, as it came', answer([picture(jpeg)]), { outcome: 'ok', images: [jpeg], text: null }],
  [
    'thoughts before the picture',
    answer([{ text: 'hm', thought: true }, picture(second, { thought: true }), picture(first)]),
    { outcome: 'ok', images: [first], text: null },
  ],
  ['several pictures, in order', answer([picture(first), picture(second)]), { outcome: 'ok', images: [first, second] }],
  [
    'the only pictures in thoughts: the last one',
    answer([picture(first, { thought: true }), picture(second, { thought: true }), { text: 'Done.' }]),
    { outcome: 'ok', images: [second], text: 'Done.' },
  ],
  ['a picture in spite of the reason', answer([picture(first)], { finishReason: 'IMAGE_SAFETY' }), { outcome: 'ok' }],
  ['a picture without a reason', answer([picture(first)], {}), { outcome: 'ok', finishReason: null }],
  [
    'a blocked prompt',
    { promptFeedback: { blockReason: 'PROHIBITED_CONTENT', blockReasonMessage: 'Not this.' } },
    {
      ...nothing,
      outcome: 'refused',
      reason: 'The prompt was blocked (PROHIBITED_CONTENT): Not this.',
      finishReason: null,
    },
  ],
  [
    'a block reason of tomorrow',
    { promptFeedback: { blockReason: 'TASTE' } },
    { outcome: 'refused', reason: 'The prompt was blocked (TASTE).' },
  ],
  [
    'a refusal with the message that the SDK drops',
    answer(undefined, {
      finishReason: 'IMAGE_SAFETY',
      finishMessage: 'Unable to show\nthe image. You will not be charged.',
    }),
    {
      ...nothing,
      outcome: 'refused',
      reason: 'The answer was blocked (IMAGE_SAFETY): Unable to show the image. You will not be charged.',
      finishReason: 'IMAGE_SAFETY',
    },
  ],
  ...[
    'SAFETY',
    'PROHIBITED_CONTENT',
    'IMAGE_PROHIBITED_CONTENT',
    'BLOCKLIST',
    'SPII',
    'RECITATION',
    'IMAGE_RECITATION',
    'LANGUAGE',
    'VIDEO_SAFETY_2030',
  ].map((finishReason): [string, object, Expected] => [
    `${finishReason} without a picture`,
    answer([{ text: 'I cannot.' }], { finishReason }),
    {
      outcome: 'refused',
      finishReason,
      text: 'I cannot.',
      reason: `The answer was blocked (${finishReason}).`,
      retry: 'no',
    },
  ]),
  ['NO_IMAGE', answer([{ text: 'Hm.' }], { finishReason: 'NO_IMAGE' }), { outcome: 'no_image', retry: 'no' }],
  [
    'IMAGE_OTHER',
    { candidates: [{ finishReason: 'IMAGE_OTHER', finishMessage: 'Try another prompt.' }] },
    { ...nothing, outcome: 'no_image', reason: 'The model made no picture (IMAGE_OTHER): Try another prompt.' },
  ],
  [
    'no candidates',
    {},
    { ...nothing, outcome: 'no_image', reason: 'The answer has no candidates.', finishReason: null },
  ],
  ['an empty list of candidates', { candidates: [] }, { outcome: 'no_image' }],
  ['an empty candidate', { candidates: [{}] }, { outcome: 'no_image', reason: 'The answer is empty.' }],
  ['no parts', answer([], { finishReason: 'STOP' }), { outcome: 'no_image', reason: 'The answer is empty (STOP).' }],
  ['nulls', { candidates: [{ content: null, finishReason: null }], usageMetadata: null }, { outcome: 'no_image' }],
  [
    'a thought and no more',
    answer([{ text: 'hm', thought: true }]),
    { ...nothing, outcome: 'no_image', reason: 'The model thought, and made no picture (STOP).' },
  ],
  [
    'words only',
    answer([{ text: 'What should\n the robot do?' }]),
    {
      images: [],
      outcome: 'text_only',
      text: 'What should\n the robot do?',
      reason: 'The model answered in words and made no picture: What should the robot do?',
      retry: 'no',
    },
  ],
  [
    'sound',
    answer([{ inlineData: { mimeType: 'audio/wav', data: 'AAAA' } }, { text: 'La' }]),
    { outcome: 'text_only' },
  ],
  ...['MAX_TOKENS', 'OTHER', 'MALFORMED_RESPONSE', 'A_REASON_OF_TOMORROW'].map(
    (finishReason): [string, object, Expected] => [
      `${finishReason} with words`,
      answer([{ text: 'The rob' }], { finishReason }),
      {
        images: [],
        outcome: 'infra_error',
        finishReason,
        reason: `The answer broke off without a picture (${finishReason}).`,
        retry: 'no',
      },
    ],
  ),
];

describe('what an answer amounts to', () => {
  it.each(table)('%s', async (_name, body, expected) => {
    const { answer: got, log } = await call({ body });
    expect(got).toMatchObject(expected);
    expect(got.exchange.status).toBe(200);
    expect(JSON.parse(got.exchange.body)).toEqual(body);
    expect(log).toEqual(['put cccc']);
  });

  it('says who answered, and what it used', async () => {
    const usageMetadata = {
      promptTokenCount: 326,
      candidatesTokenCount: 2340,
      totalTokenCount: 3003,
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: 326 }],
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 2000 }],
      thoughtsTokenCount: 337,
    };
    const body = { ...answer([picture(first)]), usageMetadata, modelVersion: 'gemini-3-pro-image', responseId: 'r1' };
    expect((await call({ body })).answer).toMatchObject({
      modelVersion: 'gemini-3-pro-image',
      responseId: 'r1',
      usage: { prompt: { text: 326, image: 0 }, output: { text: 340, image: 2000 }, thoughts: 337, total: 3003 },
    });
  });
});
