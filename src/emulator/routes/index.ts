import type { Route } from '../call.js';
import { cancelBatch, createBatch, deleteBatch, getBatch, listBatches } from './batches.js';
import { countTokens } from './count-tokens.js';
import { downloadFile, uploadFile } from './files.js';
import { generateContent } from './generate-content.js';
import { getModel } from './get-model.js';
import { listModels } from './list-models.js';
import { streamGenerateContent } from './stream-generate-content.js';

/** Every endpoint; the first whose method and path fit answers. */
export const routes = [
  generateContent,
  streamGenerateContent,
  countTokens,
  listModels,
  getModel,
  createBatch,
  listBatches,
  getBatch,
  cancelBatch,
  deleteBatch,
  uploadFile,
  downloadFile,
] satisfies Route[];
