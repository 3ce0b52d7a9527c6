import { markFile } from '../image/mark-file.js';
import type { Change } from '../lint/fix.js';
import type { Finding } from '../lint/lint.js';
import { type FixedFiles, lintSuite, writeFixes } from '../lint/lint-suite.js';
import type { LintFlags } from './commands/lint.js';
import type { CommandContext } from './context.js';
import { exitCodes } from './exit-code.js';
import { annotations } from './linting-github.js';
import { changeLines, countLine, findingLines, reasonLines } from './linting-text.js';
import { inspectImage, suiteTargets } from './suite-targets.js';

/** What linting came to, as `--json` prints it. */
export interface LintReport {
  suites: string[];
  errors: number;
  warnings: number;
  hints: number;
  findings: (Finding & { suite: string })[];
  /** What `--fix` did. */
  fixed: Change[];
}

/** Lints every suite; with `--fix` writes nothing before all of them are read and fixed. Resolves to the exit code. */
export async function lintSuites(
  targets: readonly string[],
  flags: LintFlags,
  context: CommandContext,
): Promise<number> {
  const options = {
    inspectImage,
    markRegion: markFile,
    fix: flags.fix === true,
    ...(flags.revision.length > 0 && { revisions: flags.revision }),
  };
  const names: string[] = [];
  const findings: LintReport['findings'] = [];
  const fixed: Change[] = [];
  const files: FixedFiles = new Map();
  for (const target of await suiteTargets(targets, context.cwd)) {
    const linted = await lintSuite(target, options);
    names.push(linted.suite);
    findings.push(...linted.findings.map((finding) => ({ ...finding, suite: linted.suite })));
    fixed.push(...linted.changes);
    for (const [file, texts] of linted.files) files.set(file, texts);
  }
  writeFixes(files);
  const of = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const report = { suites: names, errors: of('error'), warnings: of('warning'), hints: of('hint'), findings, fixed };
  context.stdout(flags.json ? `${JSON.stringify(report, null, 2)}\n` : text(report, context));
  if (context.env.github) context.stderr(annotations(findings, context));
  const tooMany = flags.maxWarnings !== undefined && report.warnings > flags.maxWarnings;
  if (tooMany) context.stderr(`${report.warnings} warnings; --max-warnings lets ${flags.maxWarnings} pass\n`);
  return report.errors > 0 || tooMany ? exitCodes.failed : exitCodes.pass;
}

function text(report: LintReport, { colours }: CommandContext): string {
  const lines = [
    ...changeLines(report.fixed, colours),
    ...findingLines(report.findings, colours),
    ...reasonLines(report.findings, colours),
    countLine(report, colours),
  ];
  return `${lines.join('\n')}\n`;
}
