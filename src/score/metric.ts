import type { Encoder } from '../encode/encoder.js';
import type { Raster } from '../image/raster.js';
import type { MissingReader, TextReader } from '../read/reader.js';
import type { AnswerWord } from '../plan/judge.js';
import type { Statement, View } from '../suite/suite.js';
import type { CalibrationStore } from './calibration.js';

/** A measurement of one sample: a value, or `null` with the reason why there is none. */
export interface Score {
  value: number | null;
  reason?: string;
  version: string;
  /** Whatever explains the value to a person (where found, which view, parts); JSON, small. */
  evidence?: Record<string, unknown>;
}

/** A character as its reference sheet shows it. */
export interface CharacterSheet {
  character: string;
  image: Raster;
  sha256: string;
  views: readonly View[];
}

/** The input picture that an edit works on, and what of it should stay. */
export interface KeptPicture {
  image: Raster;
  sha256: string;
  /** A copy in which the region that may change is marked; `null` where all of the picture should stay. */
  marked: { image: Raster; sha256: string } | null;
  /** The side at which the answer goes beyond the picture; `null` where it has the picture's own frame. */
  outpaint: 'left' | 'right' | 'up' | 'down' | 'all' | null;
}

/** What a judge said of a picture. */
export interface Judged {
  model: string;
  /** Version of the words it was asked in. */
  prompt: string;
  /** What it was asked. */
  statements: readonly Statement[];
  /** As many as were asked for; `answers` are in the order of the statements, `null` where none came. */
  votes: readonly { answers: readonly AnswerWord[] | null; reason: string | null }[];
}

/** Everything a metric may look at. It never calls out and never reads a file. */
export interface MetricInput {
  image: Raster;
  /** SHA-256 of the picture's file, and of the other pictures below: they key what may be remembered. */
  sha256: string;
  case: { name: string; text: string[]; checklist: Statement[] };
  requested: { aspectRatio: string | null; imageSize: string | null };
  /**
   * For each character of the case the sheet that this sample's own request carried; for a case that makes a sheet, the
   * approved one. In the order of the suite.
   */
  sheets: readonly CharacterSheet[];
  /** Characters of the case whose sheet the request did not carry, or of which none is approved yet. */
  withoutSheet: readonly string[];
  /** True when the sample is itself a sheet: it is scored view by view. */
  makesSheet: boolean;
  /** The approved picture of the case. */
  approved: { image: Raster; sha256: string } | null;
  /** `null` where the case keeps nothing of an input picture. */
  kept: KeptPicture | null;
  /** Left out where no judge was asked about the picture. */
  judged?: Judged;
  encoder: Encoder | null;
  reader: TextReader | MissingReader;
  /** `null` where nothing is remembered. */
  calibrations: CalibrationStore | null;
}

/** Why a metric has no sheet to measure against, or `null` when the sheet of every character is there. */
export function lackOfSheets({ sheets, withoutSheet, makesSheet }: MetricInput): string | null {
  if (withoutSheet.length > 0)
    return makesSheet ? 'no approved sheet' : `the request carried no sheet of ${withoutSheet.join(', ')}`;
  return sheets.length > 0 ? null : 'the case shows no character';
}

export interface Metric {
  readonly id: string;
  /** Goes up whenever a value could change. */
  readonly version: string;
  readonly better: 'higher' | 'lower';
  /** What the picture is measured against; decides what keys a remembered score. */
  readonly against: 'sheet' | 'approved' | 'kept' | 'nothing';
  /** True when the value depends on the encoder. */
  readonly encodes: boolean;
  /** True when the value depends on the text reader. */
  readonly reads?: boolean;
  /** True when the value depends on what a judge said. */
  readonly judges?: boolean;
  measure(input: MetricInput): Promise<Omit<Score, 'version'>>;
}
