import { UsageError } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { rules } from './rules/index.js';
import { matches } from './rule.js';
import type { SourceLines } from './source-lines.js';

const names = '([a-z]+(?:-[a-z]+)*(?:[ \\t,]+[a-z]+(?:-[a-z]+)*)*)';
const inTemplate = new RegExp(String.raw`\{\{~?!(?:--)?\s*lint-ignore:\s*${names}`, 'g');
const inYaml = new RegExp(String.raw`#\s*lint-ignore:[ \t]*${names}`, 'g');

/**
 * The rules that a file is exempt from: `{{! lint-ignore: negative, long-prompt }}` in a template,
 * `# lint-ignore: ratio-unset` in suite.yaml.
 * @throws UsageError for a name that is no rule, with the nearest one.
 */
export function ignoredRules(lines: SourceLines, isTemplate: boolean): Set<string> {
  const known = rules.map(({ id }) => id);
  const ignored = new Set<string>();
  for (const { found, start } of matches(lines.text, isTemplate ? inTemplate : inYaml))
    for (const name of (found[1] ?? '').split(/[ \t,]+/)) {
      if (!known.includes(name))
        throw new UsageError(`lint-ignore: there is no rule '${name}'.${suggestion(name, known)}`, {
          place: lines.placeOf(start),
        });
      ignored.add(name);
    }
  return ignored;
}
