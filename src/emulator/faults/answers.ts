import type { Answer, AnswerPart } from '../response.js';
import { withOutput } from '../usage.js';
import type { FaultKind } from './kind.js';

const EXCUSE = 'I can see the reference, but I am not able to draw this scene. Could you describe it in another way?';
const UNCHARGED = 'You will not be charged for this request.';

export const answers = {
  'prompt-blocked': {
    about: 'promptFeedback with a blockReason, no candidate',
    end: (usageMetadata) => ({
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT', blockReasonMessage: 'The prompt was blocked.' },
      usageMetadata,
    }),
  },
  'image-safety': {
    about: 'finishReason IMAGE_SAFETY, no content',
    end: (usageMetadata) => ({
      candidates: [
        {
          finishReason: 'IMAGE_SAFETY',
          index: 0,
          finishMessage: `Unable to show the generated image, which may be against our policies. ${UNCHARGED}`,
        },
      ],
      usageMetadata,
    }),
  },
  'no-image': {
    about: 'finishReason NO_IMAGE, no content',
    end: (usageMetadata) => ({
      candidates: [{ finishReason: 'NO_IMAGE', index: 0, finishMessage: `No image was generated. ${UNCHARGED}` }],
      usageMetadata,
    }),
  },
  'text-only': {
    about: 'finishReason STOP, words and no picture',
    end: (usage, model) => ({
      candidates: [{ content: { parts: [{ text: EXCUSE }], role: 'model' }, finishReason: 'STOP', index: 0 }],
      usageMetadata: withOutput(usage, model, { picture: null, characters: EXCUSE.length, seed: 0 }),
    }),
  },
  'no-candidates': {
    about: 'an empty list of candidates',
    end: (usageMetadata) => ({ candidates: [], usageMetadata }),
  },
  'no-parts': {
    about: 'finishReason STOP, content without parts',
    end: (usageMetadata) => ({
      candidates: [{ content: { role: 'model' }, finishReason: 'STOP', index: 0 }],
      usageMetadata,
    }),
  },
  'thought-only': {
    about: 'the only picture sits in a part marked as a thought',
    answer: (answer) =>
      withParts(answer, (part) => (part.inlineData ? { inlineData: part.inlineData, thought: true } : part)),
  },
  'cut-text': {
    about: 'the words of the answer end in the middle',
    answer: (answer) =>
      withParts(answer, (part) =>
        part.text === undefined ? part : { ...part, text: part.text.slice(0, part.text.length >> 1) },
      ),
  },
} satisfies Record<string, FaultKind>;

function withParts(answer: Answer, change: (part: AnswerPart) => AnswerPart): Answer {
  return {
    ...answer,
    candidates: (answer.candidates ?? []).map((candidate) => ({
      ...candidate,
      content: { ...candidate.content, role: 'model', parts: (candidate.content?.parts ?? []).map(change) },
    })),
  };
}
