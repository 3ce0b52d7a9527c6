import type { Provider } from '../provider.js';
import { createGemini, type GeminiOptions } from './gemini/gemini.js';

export { addressOf, checkConnection, type Connection } from './gemini/connection.js';
export { credentialsFailure } from './gemini/credentials.js';
export { createGemini, type GeminiOptions } from './gemini/gemini.js';
export { listModels, type Listing } from './gemini/list.js';
export { probeEmulated } from './gemini/probe.js';

/** Every way to reach image models, by its id. */
export const providers = { gemini: createGemini } satisfies Record<string, (options: GeminiOptions) => Provider>;
