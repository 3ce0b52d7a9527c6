import * as path from 'node:path';
import type { Finding } from '../lint/lint.js';
import { line } from '../report/format.js';
import type { CommandContext } from './context.js';

const commands: Record<Finding['level'], string> = { error: 'error', warning: 'warning', hint: 'notice' };

/** Workflow commands of GitHub Actions that show each finding at its line; escaped as in its `command.ts` (actions/toolkit). */
export function annotations(findings: readonly Finding[], { cwd, env }: CommandContext): string {
  const root = env.github?.workspace ?? cwd;
  return findings
    .map(({ level, rule, place, message, advice }) => {
      const file = path.relative(root, path.resolve(place.file)).split(path.sep).join('/');
      const where = `file=${property(file)},line=${place.line},col=${place.column},title=${property(rule)}`;
      return `::${commands[level]} ${where}::${data(`${message}. ${advice}`)}\n`;
    })
    .join('');
}

const data = (text: string) => line(text).replaceAll('%', '%25');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
