import { constants, gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { UsageError } from '../lib/errors.js';
import { existsSync, readFileSync } from '../lib/files.js';
import type { Exchange } from './provider.js';

/**
 * A cassette: whole HTTP exchanges, from which a run can be made again with no key and no server.
 *
 * JSON Lines: a header, then a line an exchange, in the order in which they ended. Whoever records writes a header and
 * goes on below it, so a file may hold several takes, and `cat` joins cassettes. What a later take holds of a request
 * stands in for all that earlier ones held of it. A file whose name ends in `.gz` is gzipped, a member a line.
 */
const header = z.object({
  evaluate: z.literal('cassette'),
  version: z.literal(1),
  at: z.iso.datetime(),
  /** See `KeyContent.origin`. */
  origin: z.string(),
  /** The pictures are the emulator's, not Gemini's. */
  emulated: z.boolean(),
});

const failure = z.object({
  reason: z.string().nullable(),
  retry: z.union([z.enum(['no', 'yes', 'model-ended']), z.object({ pauseMs: z.number().nullable() })]),
  unreachable: z.boolean().exactOptional(),
});

const exchangeLine = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  /** For people, with data by type, size and hash; `null` for an answer that lay in the cache. */
  request: z
    .object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()), body: z.unknown() })
    .nullable(),
  answer: z.union([
    z.object({
      status: z.int(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      latencyMs: z.number().nonnegative(),
    }),
    z.object({ status: z.null(), failure, latencyMs: z.number().nonnegative() }),
  ]),
});

export type Header = z.infer<typeof header>;
export type ExchangeLine = z.infer<typeof exchangeLine>;

export interface Cassette {
  file: string;
  /** Of the first take. */
  header: Header;
  /** key -> what was answered, in order. */
  exchanges: ReadonlyMap<string, readonly Exchange[]>;
}

/** What a file holds, and what of a last line was written before its process was killed. */
export interface CassetteText {
  cassette: Cassette;
  /** All whole lines. */
  whole: Uint8Array;
  /** Number of a last line that is cut off; `null` when there is none. */
  cut: number | null;
}

/** @throws UsageError, with the line, for a file that is no whole cassette that this version can read */
export function readCassette(file: string): Cassette {
  if (!existsSync(file)) {
    throw new UsageError('there is no such recording', {
      place: { file },
      fix: 'Make it with a key: the same command with --record in place of --replay.',
    });
  }
  const { cassette, cut } = parseCassette(readFileSync(file), file);
  if (cut === null) return cassette;
  throw new UsageError('the line is cut off: the process that recorded was killed while it wrote', {
    place: { file, line: cut },
    fix: 'Record into the same file once more: whole lines are kept, and what is in the cache is not paid again.',
  });
}

/** @throws UsageError, with the line, for anything but a cassette, whose last line may be cut off */
export function parseCassette(bytes: Uint8Array, file: string): CassetteText {
  const text = unpacked(bytes, file);
  const exchanges = new Map<string, Exchange[]>();
  const takes: Header[] = [];
  /** Keys that the current take has an exchange of. */
  let own = new Set<string>();
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = text.indexOf(0x0a, start);
    if (end === -1) {
      const [first] = takes;
      const place = { file, line };
      if (!first) throw new UsageError('the recording is empty', { place, fix: 'Delete it, and record again.' });
      const cut = start === text.length ? null : line;
      return { cassette: { file, header: first, exchanges }, whole: text.subarray(0, start), cut };
    }
    const value = parseLine(text.toString('utf8', start, end), { file, line });
    if (takes.length === 0 || isHeader(value)) {
      takes.push(readHeader(value, takes[0], { file, line }));
      own = new Set();
    } else {
      const { key, exchange } = readExchange(value, { file, line });
      exchanges.set(key, [...(own.has(key) ? (exchanges.get(key) ?? []) : []), exchange]);
      own.add(key);
    }
    start = end + 1;
  }
}

/** A gzipped file is unpacked as far as it was written. */
function unpacked(bytes: Uint8Array, file: string): Buffer {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isPacked) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    throw new UsageError('the gzipped recording is damaged', { place: { file }, cause });
  }
}

type At = { file: string; line: number };

function parseLine(text: string, place: At): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (place.line === 1) throw foreign(place, cause);
    throw new UsageError('the line is damaged: it is no JSON', { place, cause });
  }
}

const isHeader = (value: unknown) => z.looseObject({ evaluate: z.unknown() }).safeParse(value).success;

const foreign = (place: At, cause?: unknown) =>
  new UsageError('this is no recording of evaluate', { place, fix: '--record makes one.', cause });

function readHeader(value: unknown, first: Header | undefined, place: At): Header {
  const named = z.object({ evaluate: header.shape.evaluate, version: z.int() }).safeParse(value);
  if (!named.success) throw foreign(place);
  if (named.data.version !== 1) {
    throw new UsageError(`the recording has version ${named.data.version}, and this evaluate reads version 1`, {
      place,
      fix: 'Record again with this version, or replay with the one that recorded.',
    });
  }
  const read = header.safeParse(value);
  if (!read.success) throw new UsageError(`the header is damaged: ${z.prettifyError(read.error)}`, { place });
  if (first) refuseOther(first, read.data, place);
  return read.data;
}

/** Exchanges of one origin are never asked for by runs of another. */
export function refuseOther(there: Header, { origin, emulated }: Pick<Header, 'origin' | 'emulated'>, place: At): void {
  if (there.origin === origin && there.emulated === emulated) return;
  throw new UsageError(`the recording begins with answers of ${there.origin}, and these are of ${origin}`, {
    place,
    fix: 'Keep them in files of their own.',
  });
}

function readExchange(value: unknown, place: At): { key: string; exchange: Exchange } {
  const read = exchangeLine.safeParse(value);
  if (!read.success) throw new UsageError(`the line is damaged: ${z.prettifyError(read.error)}`, { place });
  const { key, answer } = read.data;
  const { latencyMs } = answer;
  if (answer.status === null) return { key, exchange: { status: null, failure: answer.failure, body: '', latencyMs } };
  return { key, exchange: { status: answer.status, body: answer.body, latencyMs } };
}
