import type { JudgeInfo, ModelInfo } from '../catalog/catalog.js';
import { modelInfo } from '../catalog/catalog.js';
import { costOf } from '../catalog/cost.js';
import { money } from '../report/format.js';
import { table } from '../report/reporters/terminal/table.js';

/**
 * USD of the picture alone at each size of a model, `default` where it has but one: the words of the prompt, reference
 * pictures and thoughts come on top. Empty without a known price.
 */
export function pictureUsd(id: string): [size: string, usd: number][] {
  const info = modelInfo(id);
  const sizes = info?.sizes.length ? info.sizes : ['default'];
  return sizes.flatMap((size): [string, number][] => {
    const image = info?.tokens.outputImage[size];
    if (image === undefined) return [];
    const nothing = { text: 0, image: 0 };
    const usd = costOf(id, { prompt: nothing, output: { text: 0, image }, thoughts: 0, total: image });
    return usd === null ? [] : [[size, usd]];
  });
}

/** Sizes in the order in which they are shown; a model with one size only has it at about 1K. */
const columns = ['512', '1K', '2K', '4K'];

/** The catalogue as text, at most 100 characters wide: what models are, what they take and cost, and which are gone. */
export function modelsTable(
  models: readonly ModelInfo[],
  judges: readonly JudgeInfo[],
  dim: (text: string) => string,
): string {
  const alive = models.filter(({ status }) => status.state !== 'shut-down');
  const sets = [...new Set(alive.map(({ ratios }) => ratios.join(' ')))];
  const letter = ({ ratios }: ModelInfo) => String.fromCharCode(65 + sets.indexOf(ratios.join(' ')));
  const what = alive.map((info) => [
    info.id,
    info.name,
    `${info.status.state} ${info.status.date}`,
    referencesOf(info),
    info.thinking.join(' ') || '–',
  ]);
  const prices = alive.map((info) => {
    const usd = new Map(pictureUsd(info.id));
    const cells = columns.map((size) => usd.get(size) ?? (size === '1K' ? usd.get('default') : undefined));
    return [
      info.id,
      letter(info),
      ...cells.map((each) => (each === undefined ? '–' : money(each))),
      info.prices?.asOf ?? '–',
    ];
  });
  const shown = (titles: readonly string[], rows: readonly string[][], right: readonly string[]) =>
    table(
      titles.map((title) => ({ title, align: right.includes(title) ? ('right' as const) : ('left' as const) })),
      rows.map((row) => row.map((text) => ({ text }))),
      dim,
    );
  return [
    shown(['model', 'name', 'status', 'refs', 'thinking'], what, ['refs']),
    '',
    shown(['USD a picture', 'ratios', ...columns, 'as of'], prices, columns),
    '',
    ...sets.map((set, index) => `ratios ${String.fromCharCode(65 + index)}: ${set}`),
    'refs: pictures that a request may hold, and how many of them the model holds well',
    'USD: the picture alone; the prompt, reference pictures, captions and thoughts come on top',
    '',
    ...judges.flatMap(judgeLines),
    ...notesOf(models),
  ].join('\n');
}

/** What a judge of checklists is, and what its tokens cost. */
function judgeLines({ id, name, status, prices }: JudgeInfo): string[] {
  const rates = (list: { input: number; textOutput: number }) => `$${list.input} in, $${list.textOutput} out`;
  const later = prices.later ? `; from ${prices.later.from} ${rates(prices.later)}` : '';
  return [
    `judge of checklists: ${id}  ${name}  ${status.state} ${status.date}`,
    `  USD a million tokens as of ${prices.asOf}: ${rates(prices)}${later}`,
  ];
}

/** `14`, or `14/3` where the model loses sight of the later ones. */
function referencesOf({ references: { max, well } }: ModelInfo): string {
  return well < max ? `${max}/${well}` : String(max);
}

/** A line for each model that is not simply there. */
function notesOf(models: readonly ModelInfo[]): string[] {
  const told = models.filter(({ status }) => status.note !== undefined);
  if (told.length === 0) return [];
  const line = ({ id, status }: ModelInfo) => {
    const since = status.state === 'shut-down' ? `shut down ${status.date}. ` : '';
    return [`${id}:`, `  ${since}${status.note}`];
  };
  return ['', ...told.flatMap(line)];
}
