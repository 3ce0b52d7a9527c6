import { line } from './format.js';

/** A workflow command of GitHub Actions, escaped as in its `command.ts` (actions/toolkit). Outside text cannot end it. */
export function workflowCommand(name: string, properties: Record<string, string>, message: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${[name, pairs.join(',')].filter(Boolean).join(' ')}::${data(message)}`;
}

const data = (text: string) => line(text).replaceAll('%', '%25');
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
