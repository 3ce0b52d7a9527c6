import { DEFAULT_HUB_ENCODER } from '../encode/source.js';
import { listModels, probeEmulated } from '../generate/providers/index.js';
import { UsageError } from '../lib/errors.js';
import { credentialsFix } from './connecting.js';
import { type CommandContext, type SetVariable, variables } from './context.js';
import type { Finding } from './doctor-finding.js';
import { wayIn, type WayIn } from './way-in.js';

/** Variables that say where pictures come from; the others say where things lie. */
const wayVariables: readonly string[] = variables.slice(0, variables.indexOf('EVALUATE_CACHE_DIR'));

/** What a run would call, and the encoder that goes with it. Only with `check` is anybody called: once, for a list. */
export async function wayFindings(
  context: CommandContext,
  check: boolean,
): Promise<{ findings: Finding[]; encoder: string }> {
  const way = findWay(context);
  if (way instanceof UsageError) {
    const { problem, details } = way;
    const finding: Finding = { about: 'way', state: 'error', what: problem, ...(details.fix && { fix: details.fix }) };
    return { findings: [finding], encoder: DEFAULT_HUB_ENCODER };
  }
  const emulated = check && (await probeEmulated(way.connection));
  const findings: Finding[] = [
    { about: 'way', state: 'ok', what: `a run would use ${way.name}, at ${way.host}` },
    ...variableFindings(way, context.env.set),
    ...credentialFindings(way),
    ...(check ? [await serverFinding(way, emulated)] : []),
  ];
  return { findings, encoder: emulated ? 'pocket' : DEFAULT_HUB_ENCODER };
}

function findWay(context: CommandContext): WayIn | UsageError {
  try {
    return wayIn(context);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

const read: Record<WayIn['kind'], readonly string[]> = {
  gemini: ['GOOGLE_GEMINI_BASE_URL'],
  bearer: ['GOOGLE_GEMINI_BASE_URL', 'EVALUATE_BEARER_TOKEN'],
  'vertex-express': ['GOOGLE_GENAI_USE_VERTEXAI', 'GOOGLE_VERTEX_BASE_URL'],
  'vertex-project': [
    'GOOGLE_GENAI_USE_VERTEXAI',
    'GOOGLE_VERTEX_BASE_URL',
    'GOOGLE_CLOUD_PROJECT',
    'GOOGLE_CLOUD_LOCATION',
    'GOOGLE_APPLICATION_CREDENTIALS',
  ],
};

/** A variable that is set and not read may be the one that was meant. */
function variableFindings({ kind }: WayIn, set: readonly SetVariable[]): Finding[] {
  const names: string[] = set.map(({ name }) => name);
  // The first wins, as in the SDK; a project takes no key.
  const key =
    kind === 'vertex-project' ? undefined : ['GOOGLE_API_KEY', 'GEMINI_API_KEY'].find((name) => names.includes(name));
  const idle = names.filter((name) => wayVariables.includes(name) && name !== key && !read[kind].includes(name));
  if (idle.length === 0) return [];
  const what = `set, and not used on this way: ${idle.join(', ')}`;
  return [
    {
      about: 'variables',
      state: 'warning',
      what,
      fix: 'Unset what is not meant; the README says which goes with which.',
    },
  ];
}

function credentialFindings({ connection: { vertex } }: WayIn): Finding[] {
  if (typeof vertex !== 'object') return [];
  if (vertex.credentialsFile !== undefined) {
    return [{ about: 'credentials', state: 'ok', what: 'the credentials file is there, and is one of Google Cloud' }];
  }
  const what = "no credentials file is named: Google's library would look for gcloud's, then ask this machine";
  return [{ about: 'credentials', state: 'warning', what, fix: `${credentialsFix}. --check tries.` }];
}

async function serverFinding({ connection, host }: WayIn, emulated: boolean): Promise<Finding> {
  const { models, failure } = await listModels(connection);
  if (failure !== undefined) {
    return { about: 'server', state: 'error', what: failure, fix: `Asked was ${host}, for its list of models.` };
  }
  const stamp = emulated ? " (an emulator: its pictures are not Gemini's)" : '';
  return { about: 'server', state: 'ok', what: `${host} answers, and lists ${models.length} models${stamp}` };
}
