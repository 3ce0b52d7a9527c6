/** One thing that was looked at. */
export interface Finding {
  about:
    | 'node'
    | 'git'
    | 'disk'
    | 'cache'
    | 'baselines'
    | 'encoder'
    | 'text reader'
    | 'way'
    | 'variables'
    | 'credentials'
    | 'server';
  /** `error`: a run against Gemini cannot start. `warning`: it can, and there is something to know. */
  state: 'ok' | 'warning' | 'error';
  what: string;
  /** What to do about it. */
  fix?: string;
}
