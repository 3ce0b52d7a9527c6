import type { SampleRecord } from '../../../record.js';
import { wordDiff, type DiffPart } from './word-diff.js';

export interface PromptView {
  title: string;
  parts: DiffPart[];
  /** Whether it shows what changed, else a prompt as it was sent. */
  changes: boolean;
}

/**
 * Each prompt of a case once, as it was sent, the candidate's first; then what changed from every other to it.
 * @param approvedIn the prompt that the baseline was made with, in this turn
 */
export function promptsView(
  samples: readonly SampleRecord[],
  candidateRevision: string,
  approvedIn: (turn: number | undefined) => { revision: string; prompt: string } | null,
): PromptView[] {
  const turns = [...new Set(samples.map((sample) => sample.turn))];
  return turns.flatMap((turn) => {
    const name = turn === undefined ? '' : `Turn ${turn}: `;
    const sent = distinct(samples.filter((sample) => sample.turn === turn));
    const approved = approvedIn(turn);
    const isNew = approved && !sent.some(({ prompt }) => prompt === approved.prompt);
    const texts = [...(isNew ? [{ ...approved, revision: `${approved.revision}, approved` }] : []), ...sent];
    const first = texts.find(({ revision }) => revision === candidateRevision) ?? texts[0];
    if (!first) return [];
    const others = texts.filter((each) => each !== first);
    return [
      ...[first, ...others].map(({ revision, prompt }): PromptView => ({
        title: `${name}revision ${revision}`,
        parts: [{ kind: 'same', text: prompt }],
        changes: false,
      })),
      ...others.map(({ revision, prompt }): PromptView => ({
        title: `${name}from ${revision} to ${first.revision}`,
        parts: wordDiff(prompt, first.prompt),
        changes: true,
      })),
    ];
  });
}

function distinct(samples: readonly SampleRecord[]): { revision: string; prompt: string }[] {
  const seen = new Map<string, { revision: string; prompt: string }>();
  for (const { revision, prompt } of samples) {
    if (prompt !== '') seen.set(JSON.stringify([revision, prompt]), { revision, prompt });
  }
  return [...seen.values()];
}
