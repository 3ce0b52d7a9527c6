/** What the user wrote, checked and resolved. `load.ts` makes it; nothing downstream reads YAML. */

/** Generation settings, sent as Gemini's `generationConfig`. */
export interface Generation {
  aspectRatio?: string;
  imageSize?: string;
  responseModalities?: ('TEXT' | 'IMAGE')[];
  thinkingLevel?: 'minimal' | 'low' | 'medium' | 'high';
  temperature?: number;
  topP?: number;
  seed?: number;
}

export interface SuiteModel {
  /** A Gemini model id of the catalogue. */
  id: string;
  /** What the columns of the report say; the id unless the suite names it. */
  name: string;
  /** This model's own settings; see `generationFor`. */
  generation: Generation;
}

/** A picture of the suite folder, read once at load. */
export interface Asset {
  name: string;
  /** Relative to the suite folder. */
  path: string;
  sha256: string;
  mime: string;
  width: number;
  height: number;
  bytes: Uint8Array;
}

export interface Character {
  name: string;
  /** The asset or the case whose picture is the reference sheet. */
  sheet: { asset: string } | { case: string };
  /** Views on the sheet, from left to right. */
  views: View[];
}

export interface View {
  name: string;
  /** Left, top, width, height as shares of the sheet, 0 to 1; `null` where the view is to be found by itself. */
  box: readonly [left: number, top: number, width: number, height: number] | null;
}

/** One input picture, in the order the model sees it ("Image 1" first). A character stands for its sheet. */
export type InputRef = { name: string } & ({ asset: string } | { case: string });

/** A region of the first input picture that is to be edited, or a side at which it is to be extended. */
export interface Edit {
  /** Name of that picture among the inputs. */
  picture: string;
  /** Name of the input that is its copy with the region marked; `null` where it is extended. */
  marked: string | null;
  /** The side at which it is extended; `null` where a region is edited. */
  outpaint: 'left' | 'right' | 'up' | 'down' | 'all' | null;
  /** Whether everything else is to stay as it is, and is measured. */
  keeps: boolean;
}

/** A statement about a picture. */
export interface Statement {
  says: string;
  /** Index of the statement before it in the list that must hold for this one to count; `null` where none need. */
  under: number | null;
}

/** Who answers checklists. */
export interface Judge {
  /** A judge of the catalogue. */
  model: string;
  /** How often a picture is judged: odd. */
  votes: number;
}

export interface Case {
  name: string;
  /** In the order sent; a marked copy comes last. */
  images: InputRef[];
  edit?: Edit;
  /** The characters that should be seen; their sheets are among `images`, unless the case itself makes them. */
  characters: string[];
  /** This case's own settings; `generationFor` lays them over the suite's and the model's. */
  generation: Generation;
  /** Captions that should be readable in the picture. */
  text: string[];
  /** What should be true of the picture, each statement before those that hang on it. */
  checklist: Statement[];
  /**
   * revision -> the prompts as they will be sent, one; of a conversation one for each of its turns, in order. For the
   * suite's revisions and those that loading was asked for beside them. Such a commit may be older than the case.
   */
  prompts: Record<string, string[]>;
}

/** A limit on a metric's value; `min` and `max` hold for every sample, `p95` for all of a variant together. */
export interface CheckLimit {
  min?: number;
  max?: number;
  p95?: number;
}

/** What a project may ask of one model: requests and tokens (those that go in) a minute, requests a day, calls at a time. */
export interface Limits {
  rpm?: number;
  tpm?: number;
  rpd?: number;
  concurrency?: number;
}

/** A picture below this quality is asked for again, until there were so many tries. */
export interface Retry {
  quality: { below: number; tries: number };
}

export interface Suite {
  name: string;
  description: string;
  /** Absolute path of the suite's folder. */
  folder: string;
  /** Hash of everything the suite says: settings, rendered prompts, commits, asset hashes. */
  hash: string;
  models: SuiteModel[];
  /** The revisions of the matrix. */
  revisions: string[];
  /** Revision of git -> the full id of the commit that it named when the suite was loaded. */
  commits: Record<string, string>;
  /** For every model and case, unless they say otherwise; see `generationFor`. */
  generation: Generation;
  samples: { min: number; max: number };
  inputs: 'approved' | 'generated';
  assets: Record<string, Asset>;
  characters: Record<string, Character>;
  /** In the order written. */
  cases: Case[];
  /** Of each model, and of single ones by id; no part of `hash`. See `limitsFor`. */
  limits: { each: Limits; models: Record<string, Limits> };
  metrics: Record<string, { gate: boolean; margin: number | 'auto' }>;
  retry?: Retry;
  /** Left out where no case has a checklist, or nobody should answer it. */
  judge?: Judge;
  /** Metric id, `cost` (USD a sample) or `latency` (ms) -> limits. */
  checks: Record<string, CheckLimit>;
  /** What loading found odd but not wrong, for people. */
  warnings: string[];
}
