import { count } from '../report/format.js';
import type { DoctorFlags } from './commands/doctor.js';
import { type CommandContext, variables } from './context.js';
import type { Finding } from './doctor-finding.js';
import { machineFindings } from './doctor-machine.js';
import { wayFindings } from './doctor-way.js';
import { exitCodes } from './exit-code.js';

/** Looks at what a run against Gemini would meet, and tells it. Resolves to the exit code: 0 when it could start, else 3. */
export async function examine(flags: DoctorFlags, context: CommandContext): Promise<number> {
  const { findings: ofWay, encoder } = await wayFindings(context, flags.check === true);
  const findings: Finding[] = [...machineFindings(context, encoder), ...ofWay];
  const ready = findings.every(({ state }) => state !== 'error');
  const { set } = context.env;
  const unset = variables.filter((name) => set.every((variable) => variable.name !== name));
  if (flags.json) context.stdout(`${JSON.stringify({ ready, findings, variables: { set, unset } }, null, 2)}\n`);
  else context.stdout(text(findings, ready, context));
  return ready ? exitCodes.pass : exitCodes.undecided;
}

function text(findings: readonly Finding[], ready: boolean, context: CommandContext): string {
  const { green, yellow, red, dim } = context.colours;
  const marks = { ok: green('✓'), warning: yellow('!'), error: red('✕') };
  const lines = findings.flatMap(({ state, what, fix }) => [
    `${marks[state]} ${what}`,
    ...(fix === undefined ? [] : [`    ${dim(fix)}`]),
  ]);
  const width = Math.max(...variables.map((name) => name.length));
  const variableLines = variables.map((name) => {
    const found = context.env.set.find((variable) => variable.name === name);
    const where = found?.from === '.env' ? '.env' : 'the environment';
    return `  ${name.padEnd(width)}  ${found ? `set, ${count(found.characters, 'character')}, in ${where}` : dim('not set')}`;
  });
  const verdict = ready
    ? 'A run against Gemini could start.'
    : 'A run against Gemini could not start; one with --offline needs no key and no network.';
  return [...lines, '', 'Variables:', ...variableLines, '', verdict, ''].join('\n');
}
