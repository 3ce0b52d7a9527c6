import type { Colors } from 'picocolors/types.js';
import type { RunEvent, RunRecord } from '../record.js';

/** Where a reporter puts what it makes. */
export interface ReportContext {
  /** The run's folder, which holds `images/` and `run.json`. */
  folder: string;
  /** Results, for stdout. */
  write: (text: string) => void;
}

/** Shows a run to somebody. It knows the record and nothing else, so an old run can be shown again. */
export interface Reporter {
  readonly id: string;
  /** Told as the run goes on; must return at once. */
  onEvent?(event: RunEvent, context: ReportContext): void;
  /** Told once, when the run is over; also all that is told when an old run is shown again. */
  onEnd?(record: RunRecord, context: ReportContext): Promise<void> | void;
}

/** What the command line decides for all reporters. */
export interface ReporterOptions {
  /** Where progress goes (stderr). `columns` is the terminal's width in characters. */
  progress: { write: (text: string) => void; isTTY: boolean; columns: number };
  /** Identity functions when colours are off. */
  colours: Colors;
  /** ms since some fixed moment. */
  now: () => number;
  github: GithubOptions;
}

/** What only the github reporter needs. */
export interface GithubOptions {
  /** The file that `GITHUB_STEP_SUMMARY` names; `null` outside GitHub Actions. */
  stepSummary: string | null;
  /** The suite's suite.yaml as the repository knows it, with forward slashes; `null` where that is not known. */
  suiteFile: string | null;
  /** Nobody whose text the run prints can guess it. */
  token: string;
}
