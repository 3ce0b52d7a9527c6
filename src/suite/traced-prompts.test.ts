import * as path from 'node:path';
import { expect, it } from 'vitest';
import { readSuite } from './load.js';
import { tracePrompts } from './traced-prompts.js';

const suites = path.join(import.meta.dirname, '../../suites');
const inspectImage = () => Promise.resolve({ mime: 'image/png', width: 1, height: 1 });

it.each(['robot', 'cast', 'conversation'])('the prompts of %s are traced letter by letter', async (name) => {
  const { suite, reading } = await readSuite(path.join(suites, name), { inspectImage });
  for (const revision of suite.revisions) {
    const { prompts, sources } = tracePrompts(revision, suite.cases, reading);
    for (const { case: each, turn = 1, text, pieces } of prompts) {
      expect(text).toBe(each.prompts[revision]?.[turn - 1]);
      expect(pieces.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      for (const { file, from, to, start, end, verbatim, variable } of pieces) {
        const written = sources.get(file)?.slice(from, to);
        expect(written).toBe(verbatim ? text.slice(start, end) : `{{${variable}}}`);
      }
    }
  }
});
