import type { SampleRecord } from '../../../record.js';
import { wordDiff, type DiffPart } from './word-diff.js';

export interface PromptView {
  title: string;
  parts: DiffPart[];
}

/** Each prompt of a case once: the candidate's as it was sent, every other as what changed from it to the candidate's. */
export function promptsView(samples: readonly SampleRecord[], candidateRevision: string): PromptView[] {
  const turns = [...new Set(samples.map((sample) => sample.turn))];
  return turns.flatMap((turn) => {
    const name = turn === undefined ? '' : `Turn ${turn}: `;
    const texts = distinct(samples.filter((sample) => sample.turn === turn));
    const first = texts.find(({ revision }) => revision === candidateRevision) ?? texts[0];
    return texts.map((each): PromptView =>
      each === first || !first
        ? { title: `${name}revision ${each.revision}`, parts: [{ kind: 'same', text: each.prompt }] }
        : { title: `${name}from ${each.revision} to ${first.revision}`, parts: wordDiff(each.prompt, first.prompt) },
    );
  });
}

function distinct(samples: readonly SampleRecord[]): { revision: string; prompt: string }[] {
  const seen = new Map<string, { revision: string; prompt: string }>();
  for (const { revision, prompt } of samples) {
    if (prompt !== '') seen.set(JSON.stringify([revision, prompt]), { revision, prompt });
  }
  return [...seen.values()];
}
