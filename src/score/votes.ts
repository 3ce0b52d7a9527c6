import type { AnswerWord } from '../plan/judge.js';
import type { Statement } from '../suite/suite.js';

/** What the votes on a statement come to. */
export interface Counted extends Statement {
  yes: number;
  no: number;
  unsure: number;
  /** What more than half of the votes say; `unsure` where none is said so often. */
  word: AnswerWord;
  /** 1 for yes, .5 for unsure, 0 for no, and for what hangs on a statement that does not hold. */
  counts: number;
}

const worth: Record<AnswerWord, number> = { yes: 1, unsure: 0.5, no: 0 };

/**
 * Counts the votes, of which each answers every statement. A statement under one that is answered with no counts 0, and
 * so on down, whatever was said of it: Davidsonian Scene Graph (Cho et al., ICLR 2024), for there is nothing it could be true of.
 */
export function countVotes(
  statements: readonly Statement[],
  votes: readonly (readonly AnswerWord[])[],
): [Counted, ...Counted[]] | [] {
  const counted: Counted[] = [];
  const fallen = new Set<number>();
  statements.forEach(({ says, under }, index) => {
    const said = (word: AnswerWord) => votes.filter((vote) => vote[index] === word).length;
    const [yes, no, unsure] = [said('yes'), said('no'), said('unsure')];
    const word = 2 * yes > votes.length ? 'yes' : 2 * no > votes.length ? 'no' : 'unsure';
    const hangs = under !== null && fallen.has(under);
    if (hangs || word === 'no') fallen.add(index);
    counted.push({ says, under, yes, no, unsure, word, counts: hangs ? 0 : worth[word] });
  });
  return counted as [Counted, ...Counted[]] | [];
}

/** Votes that have to come, of those asked for, so that those that did not could not have turned everything. */
export function leastVotes(asked: number): number {
  return Math.floor(asked / 2) + 1;
}
