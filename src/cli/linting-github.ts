import * as path from 'node:path';
import type { Finding } from '../lint/lint.js';
import { workflowCommand } from '../report/workflow-command.js';
import type { CommandContext } from './context.js';

const commands: Record<Finding['level'], string> = { error: 'error', warning: 'warning', hint: 'notice' };

/** Workflow commands of GitHub Actions that show each finding at its line. */
export function annotations(findings: readonly Finding[], { cwd, env }: CommandContext): string {
  const root = env.github?.workspace ?? cwd;
  return findings
    .map(({ level, rule, place, message, advice }) => {
      const file = path.relative(root, path.resolve(place.file)).split(path.sep).join('/');
      const where = { file, line: String(place.line), col: String(place.column), title: rule };
      return `${workflowCommand(commands[level], where, `${message}. ${advice}`)}\n`;
    })
    .join('');
}
