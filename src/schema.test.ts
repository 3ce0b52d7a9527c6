import { expect, it } from 'vitest';
import { readFileSync } from './lib/files.js';
import { runRecord } from './record.js';
import { publishedSchema } from './suite/published-schema.js';
import { suiteFile } from './suite/schema.js';

it.each([
  ['suite.schema.json', suiteFile],
  ['run.schema.json', runRecord],
])('schema/%s is what the code checks (npm run schema writes it)', (file, schema) => {
  expect(readFileSync(new URL(`../schema/${file}`, import.meta.url), 'utf8')).toBe(publishedSchema(schema));
});
