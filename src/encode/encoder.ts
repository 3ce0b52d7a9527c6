import type { Raster } from '../image/raster.js';

/** An image encoder, such as CLIP's or DINOv2: crops in, unit vectors out. */
export interface Encoder {
  /** `pocket`, a hub id such as `Xenova/clip-vit-base-patch32`, or a folder's name. */
  readonly id: string;
  /** Of the ONNX file: scores of different encoders are never compared. */
  readonly sha256: string;
  /** Length of each vector. */
  readonly dimensions: number;
  /** Side in pixels of the square that the model sees: a crop of just this size is not resampled, which is most of the cost. */
  readonly size: number;
  /** Mean vector of many generic crops, for centring; `null` where the encoder's folder ships none. */
  readonly mean: Float32Array | null;
  /** How many patch vectors a crop has along each side, and their length; `null` where the model gives pooled vectors only. */
  readonly patches: { grid: number; dimensions: number } | null;
  /** Mean patch vector of many generic crops, for centring; `null` where the encoder's folder ships none. */
  readonly patchMean: Float32Array | null;
  /** One L2-normalised vector per crop. Crops are padded to square and resized as the model's preprocessor says. */
  embed(crops: readonly Raster[]): Promise<Float32Array[]>;
  /**
   * For each crop, padded and resized in the same way, its `grid * grid` L2-normalised patch vectors, row by row from
   * the top left, one after another in one array of `grid * grid * dimensions` numbers.
   * @throws when `patches` is `null`
   */
  embedPatches(crops: readonly Raster[]): Promise<Float32Array[]>;
}
