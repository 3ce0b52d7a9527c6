import type { Box, Raster } from '../image/raster.js';

/** A word as it was read, and where it stands in the picture's own pixels. */
export interface Word {
  text: string;
  box: Box;
}

/** Reads text in pictures. */
export interface TextReader {
  /**
   * The lines of the picture, in no order, read from a copy whose short side is `side` px. The same pixels always give
   * the same words.
   */
  lines(image: Raster, side: number): Promise<Word[][]>;
}

/** Why there is no reader, and what to do about it. */
export interface MissingReader {
  missing: string;
}
