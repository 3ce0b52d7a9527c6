import { anyModelInfo, catalog, judges, type ModelInfo } from '../catalog/catalog.js';
import { listModels, type Listing } from '../generate/providers/index.js';
import { UsageError } from '../lib/errors.js';
import type { ModelsFlags } from './commands/models.js';
import type { CommandContext } from './context.js';
import { serve } from './emulating.js';
import { exitCodes } from './exit-code.js';
import { modelsTable, pictureUsd } from './models-table.js';
import { wayIn } from './way-in.js';

/** What the server's list says about the catalogue. */
export interface ServerModels {
  /** Of those that were asked about, which it lists. */
  listed: string[];
  missing: string[];
  /** Others that are image models by their name. Not all of these have one: "image" is not in every id. */
  unknown: { id: string; name: string }[];
}

/** Prints the catalogue, and with `--check` what the server has of it. Resolves to the exit code. */
export async function listCatalogue(flags: ModelsFlags, context: CommandContext): Promise<number> {
  if (flags.offline && !flags.check) {
    throw new UsageError('--offline says whom to ask, and nobody is asked', { fix: 'Add --check.' });
  }
  const asked = flags.check ? await ask(flags, context) : null;
  const failure = asked?.listing.failure;
  const server = asked?.listing.models ? compare(asked.listing.models, asked.emulated) : null;
  if (flags.json) {
    const listed = (id: string) => server && { listed: server.listed.includes(id) };
    const models = catalog.map((info) => ({ ...factsOf(info), ...listed(info.id) }));
    const judging = judges.map(({ id, name, status, thinking, prices }) => {
      return { id, name, status, thinking, usdPerMillionTokens: prices, ...listed(id) };
    });
    const answer = asked && { way: asked.way, host: asked.host, failure: failure ?? null, ...server };
    context.stdout(`${JSON.stringify({ models, judges: judging, ...(answer && { server: answer }) }, null, 2)}\n`);
  } else {
    context.stdout(`${modelsTable(catalog, judges, context.colours.dim)}\n`);
    if (asked && server) context.stdout(`\n${serverText(server, asked)}\n`);
  }
  if (failure === undefined) return exitCodes.pass;
  context.stderr(`${context.colours.red('error')} ${asked?.host}: ${failure}\n`);
  return exitCodes.infra;
}

interface Asked {
  /** For people. */
  way: string;
  host: string;
  emulated: boolean;
  listing: Listing;
}

async function ask({ offline }: ModelsFlags, context: CommandContext): Promise<Asked> {
  if (!offline) {
    const { name, host, connection } = wayIn(context);
    return { way: name, host, emulated: false, listing: await listModels(connection) };
  }
  const server = await serve({ port: 0 });
  const listing = await listModels({ apiKey: 'offline', baseUrl: server.url }).finally(() => server.close());
  return { way: 'the emulator', host: new URL(server.url).host, emulated: true, listing };
}

function compare(models: readonly { id: string; name: string }[], emulated: boolean): ServerModels {
  const ids = new Set(models.map(({ id }) => id));
  const here = catalog.filter((info) => emulated || !info.emulatedOnly || ids.has(info.id));
  const known = new Set([...catalog, ...judges].map(({ id }) => id));
  const asked = [...here, ...judges].map(({ id }) => id);
  return {
    listed: asked.filter((id) => ids.has(id)),
    missing: asked.filter((id) => !ids.has(id)),
    unknown: models.filter(({ id, name }) => !known.has(id) && /image|banana/i.test(`${id} ${name}`)),
  };
}

/** The catalogue's facts, without the pixels of every ratio, and with what a picture costs. */
function factsOf({ id, name, emulatedOnly, status, ratios, sizes, references, thinking, prices }: ModelInfo) {
  const usd = Object.fromEntries(pictureUsd(id));
  return {
    id,
    name,
    ...(emulatedOnly && { emulatedOnly }),
    status,
    ratios,
    sizes,
    references,
    thinking,
    price: prices && { usdPerPicture: usd, asOf: prices.asOf, source: prices.source },
  };
}

function serverText({ listed, missing, unknown }: ServerModels, { way, host }: Asked): string {
  const state = (id: string) => {
    const { status } = anyModelInfo(id) ?? {};
    return status && status.state !== 'stable' ? `  (${status.state} ${status.date})` : '';
  };
  return [
    `${way} at ${host}:`,
    ...listed.map((id) => `  listed      ${id}${state(id)}`),
    ...missing.map((id) => `  not listed  ${id}${state(id)}`),
    ...unknown.map(({ id, name }) => `  new here    ${id}${name ? `  ${name}` : ''}`),
  ].join('\n');
}
