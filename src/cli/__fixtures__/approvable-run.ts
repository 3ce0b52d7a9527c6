import { encodePng } from '../../image/codec.js';
import { filled } from '../../image/raster.js';
import { writeFileAtomic } from '../../lib/files.js';
import { sha256 } from '../../lib/hash.js';
import { type Picture, type RunRecord, type SampleRecord, writeRecord } from '../../record.js';
import { record, sample } from '../../report/__fixtures__/small-record.js';

/** Each has a shape of its own: comparing all pairs of alike ones takes approving its time. */
const side = (grey: number) => ({ width: 64 + grey, height: 64 });
const drawn = (grey: number) => encodePng(filled(64 + grey, 64, [grey, grey, grey, 255]));

export function pictureOf(grey: number): Picture {
  const hash = sha256(drawn(grey));
  return { sha256: hash, mime: 'image/png', ...side(grey), path: `images/${hash}.png` };
}

export interface Made {
  id: string;
  /** Case -> the greys of its samples on the candidate, `null` a refusal; numbered after `offset`. */
  cases: Record<string, (number | null)[]>;
  offset?: number;
  /** The grey that every case but the sheet was made from. */
  sheet: number;
  /** Case -> the grey that was approved when the run was made. */
  approved?: Record<string, number>;
  settings?: Record<string, unknown>;
  change?: Partial<RunRecord>;
}

const settings = {
  inputs: 'approved',
  samples: { min: 3, max: 3 },
  suiteSamples: { min: 3, max: 3 },
  fixed: false,
  selection: { models: [], revisions: [], cases: [] },
  metrics: { consistency: { gate: true, margin: 'auto' }, quality: { gate: true, margin: 0.05 } },
};

/** Writes the run folder of a sheet and scenes made from it, with plain grey pictures, as if it had just ended. */
export function makeRun(reports: string, made: Made): RunRecord {
  const folder = `${reports}/robot/${made.id}`;
  const greys = [...Object.values(made.cases).flat(), ...Object.values(made.approved ?? {}), made.sheet];
  for (const grey of greys) if (grey !== null) writeFileAtomic(`${folder}/${pictureOf(grey).path}`, drawn(grey));
  const samples = Object.entries(made.cases).flatMap(([name, each]) =>
    each.map((grey, index): SampleRecord => {
      const number = (made.offset ?? 0) + index + 1;
      return sample({
        case: name,
        sample: number,
        slot: `${name}#${number}`,
        key: sha256(`${made.id} ${name} ${number}`),
        image: grey === null ? null : pictureOf(grey),
        ...(grey === null ? { outcome: 'refused', reason: 'blocked' } : {}),
        inputs: name === 'sheet' ? [] : [{ name: 'robot', ...pictureOf(made.sheet) }],
        prompt: `A ${name}.`,
        scores: grey === null ? {} : { consistency: { value: grey / 255, version: '1' } },
      });
    }),
  );
  const cases = Object.keys(made.cases).map((name) => {
    const grey = made.approved?.[name];
    const baseline = grey === undefined ? null : { ...nothingApproved, picture: pictureOf(grey) };
    return { name, characters: [], level: name === 'sheet' ? 0 : 1, baseline };
  });
  const whole = record({
    id: made.id,
    samples,
    cases,
    settings: { ...settings, ...made.settings },
    ...made.change,
  });
  writeRecord(folder, whole);
  return whole;
}

const nothingApproved: Omit<NonNullable<RunRecord['cases'][number]['baseline']>, 'picture'> = {
  run: 'earlier',
  approvedAt: '2026-11-19T12:00:00.000Z',
  model: 'gemini-3-pro-image',
  revision: 'v1',
  inputsMode: 'approved',
  outcomes: {},
  scores: {},
  incomparable: {},
};
