import type { Estimate } from './bootstrap.js';
import { DRIFTS, LEVELS } from './drawing/drift.js';
import { MEASURES } from './measures.js';
import { FULL, PLAIN, type Results } from './results.js';

/** `validity.md`. */
export function report(results: Results): string {
  const { metric, encoder, counts, seeds } = results;
  return `# Does \`${metric.id}\` see a character drift?

Made by \`npm run validity\`: ${metric.id} version ${metric.version}, encoder \`${encoder.id}\` (${encoder.sha256.slice(0, 12)}), ${counts.identities} held-out
characters from seed ${seeds.characters}, ${counts.pictures} pictures${counts.unscored > 0 ? ` (${counts.unscored} of them without a score)` : ''}. All numbers are in \`validity.json\`.

**What it shows and what it does not.** A synthetic AUC shows sensitivity to *planted* drift, not agreement with people.
The characters are drawings made from random numbers, by code that shares nothing with the one that drew the encoder's
training pictures or with the emulator's. They are simpler than what an image model draws, and photographs are not
among them. The weights of the channels were fitted to other characters of the same generator (\`npm run fit\`).

## What was done

Each character (robots, critters, birds, blobs, bugs, beasts) has a sheet FRONT | BACK on white and nine scenes of 512 x
512 px. A scene fixes the view (four from the front, two turned by some 38°, three from behind), the kind of background (plain,
outdoor, indoor, and busy twice as often: clutter in the character's own colours, other characters) and the
size (.22 to .85 of the height, even on a logarithmic scale). Each picture draws anew: place, pose (σ 16° a joint), mirror, roll (σ 7°),
background, gain (.75-1.15), colour cast (σ 5 % a channel), noise (σ 0-5 of 255) and JPEG (quality 65-95).

Undrifted: ${counts.samples} picture${counts.samples === 1 ? '' : 's'} of each scene. Drifted: one thing changed, three levels, in ${counts.scenes[3]} (level 3), ${counts.scenes[2]} (level 2) and ${counts.scenes[1]} (level
1) scenes: hue of torso or head by 15 / 40 / 120° (OKLCh), 1 / 2 / 3 antennae fewer (or more, where there were not three),
backpack x .5 / .25 / 0, head x 1.15 / 1.35 / 1.7, limbs x .88 / .72 / .5, chest panel x .6 / .3 / 0, eyes x .6 / 2 / 3. Another character:
${counts.others} pictures.

*AUC* is the chance that an undrifted picture scores above a drifted one of the same character in another scene; .5 is a
coin. It is averaged over characters, then over drifts. *Where visible*: a drift counts where the figure, drawn without and with it, differs by more
than OKLab .03 in at least .4 % of its pixels, and the undrifted pictures are those of the same scenes. *Mean of 9 scenes*: one picture of each
scene against one drifted one of each, as a gate would with one sample a case. Brackets: 95 % percentile bootstrap over characters,
${counts.resamples} resamples.

## Every aggregation side by side

\`${PLAIN}\` is the plain cosine of whole pictures; \`${FULL}\` is the metric; between them its channels by
themselves. Whichever loses stays in the table. The last column is the metric less the plain cosine.

${aggregationTable(results)}

## Drift by drift

Of \`${FULL}\`; in the last column the plain cosine, where visible.

${driftTable(results)}

## Search

${searchLines(results)}

## What it means for a gate

${spreadLines(results)}
`;
}

function aggregationTable({ aggregations, gain }: Results): string {
  const names = Object.keys(aggregations);
  const rows = MEASURES.map(({ id, title, better }) => [
    better === 'lower' ? `${title} (lower is better)` : title,
    ...names.map((name) => shown(aggregations[name]?.[id])),
    shown(gain[id], true),
  ]);
  return table(['', ...names.map((name) => `\`${name}\``), 'gain'], rows);
}

function driftTable({ drifts }: Results): string {
  const rows = DRIFTS.flatMap((drift) =>
    LEVELS.map((level) => {
      const { visibleShare, all, visible, plain } = drifts[drift][level];
      return [`${drift} ${level}`, `${Math.round(100 * visibleShare)} %`, shown(all), shown(visible), shown(plain)];
    }),
  );
  return table(['drift, level', 'visible', 'AUC, all', 'AUC, where visible', `\`${PLAIN}\``], rows);
}

function searchLines({ search }: Results): string {
  return table(
    ['share of pictures', ''],
    [
      ['best window holds the middle of the undrifted figure', shown(search.centre)],
      ['undrifted, but `characterFound` is false', shown(search.notFound)],
      ['another character, and `characterFound` is false', shown(search.othersNotFound)],
    ],
  );
}

function spreadLines({ spread, metric, encoder }: Results): string {
  const stale = spread.metricVersion !== metric.version || spread.encoder !== encoder.sha256;
  return `Inside a case of the robot suite (emulated baseline, ${spread.cases} cases, ${spread.df} degrees of freedom) \`${metric.id}\` has a standard deviation
of **${number(spread.sd, 3)}**. A visible drift of level 2 lowers it by **${shown(spread.drop)}** on average over drifts: **${number(spread.ratio, 2)}** standard deviations.${
    stale
      ? `

The baseline was scored with version ${spread.metricVersion} of the metric or with another encoder (${spread.encoder.slice(0, 12)}), so the ratio compares unlike things
until it is made anew.`
      : ''
  }`;
}

function shown(estimate: Estimate | undefined, signed = false): string {
  if (!estimate || estimate.value === null) return '-';
  const { value, low, high } = estimate;
  const plus = signed && value >= 0 ? '+' : '';
  return `${plus}${number(value)}${low === null || high === null ? '' : ` [${number(low)}, ${number(high)}]`}`;
}

/** As in the other tables of this project: no zero before the point. */
function number(value: number | null, digits = value !== null && Math.abs(value) >= 10 ? 1 : 3): string {
  return value === null ? '-' : value.toFixed(digits).replace(/^(-?)0\./, '$1.');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
