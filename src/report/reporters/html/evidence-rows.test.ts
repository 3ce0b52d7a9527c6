import { expect, it } from 'vitest';
import { evidenceRows } from './evidence-rows.js';

const parts = [
  { name: 'upper', cosine: 0.812, sheet: [100, 50, 200, 150], box: [1, 2, 3, 4] },
  { name: 'lower', cosine: 0.5, sheet: [100, 150, 200, 200], box: [1, 2, 3, 4] },
];

it.each([
  [
    'plain numbers, words and flags',
    { characterFound: true, view: 'front', ratio: 0.25 },
    ['characterFound yes', 'view front', 'ratio 0.250'],
  ],
  ['nested ones with their path', { views: [{ value: 1 }] }, ['views 0 value 1.000']],
  [
    'no boxes, scales and maps',
    { box: [1, 2, 3, 4], raw: { window: 1 }, floor: { window: 0 }, ceiling: {}, map: '01..' },
    [],
  ],
  ['channels in one line', { channels: { window: 1.02, missing: 0.4 } }, ['channels window 1.02, missing 0.40']],
  [
    'what was kept, a line for each side of it',
    { deltaE: { mean: 0.71, p95: 1.724 }, ssim: 0.9879, shift: { x: 0.43, y: -2 }, gain: { red: 0.989, green: 1 } },
    ['ΔE mean 0.71, p95 1.72', 'ssim 0.988', 'shift x 0.43, y −2.00', 'gain red 0.99, green 1.00'],
  ],
  [
    'captions as they were read',
    {
      captions: [
        { caption: 'FRONT VIEW', read: 'FRONT VIEW', score: 1, box: [1, 2, 3, 4] },
        { caption: 'BACK VIEW', read: 'BACK VIEM', score: 0.8889, box: [1, 2, 3, 4] },
        { caption: 'TOP', read: '', score: 0, box: null },
      ],
    },
    ['captions FRONT VIEW: as asked, BACK VIEW: read as BACK VIEM, TOP: not found'],
  ],
  ['parts in one line', { parts }, ['parts upper 0.81, lower 0.50']],
  ['lost colours with their shares', { lost: [{ colour: '#c33024', share: 0.124 }] }, ['colours lost #c33024 (12 %)']],
  [
    'the weakest place in words',
    { view: 'front', parts, worst: { sheet: [110, 60, 40, 40], short: 0.41 } },
    ['view front', 'parts upper 0.81, lower 0.50', 'weakest upper left of front, short by 0.41'],
  ],
  [
    'the middle too',
    { view: 'back', parts, worst: { sheet: [180, 180, 40, 40], short: 0.1 } },
    ['view back', 'parts upper 0.81, lower 0.50', 'weakest middle of back, short by 0.10'],
  ],
  [
    'the view alone where parts are not known',
    { view: 'back', worst: { sheet: [0, 0, 9, 9], short: 0.1 } },
    ['view back', 'weakest back, short by 0.10'],
  ],
  [
    'a copy',
    { copied: { distance: 3, similarity: 0.95 } },
    ["copied the sheet's own drawing (3 of 64 bits differ, likeness 0.95)"],
  ],
  [
    'nothing of what does not fit',
    { channels: 'x', parts: 7, lost: null, worst: {}, copied: [], constructor: null },
    [],
  ],
])('tell %s', (_, evidence, rows) => {
  expect(evidenceRows(evidence).map(({ name, value }) => `${name} ${value}`)).toEqual(rows);
});
