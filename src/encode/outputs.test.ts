import { describe, expect, it } from 'vitest';
import { layoutOf, type Outputs, takeRows } from './outputs.js';

/** Numbers 1, 2, 3, ... in the given shapes. */
function answer(shapes: Record<string, number[]>): Outputs {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, dims]) => {
      const length = dims.reduce((product, dim) => product * dim, 1);
      return [name, { dims, data: Float32Array.from({ length }, (_, i) => i + 1) }];
    }),
  );
}

describe('layoutOf', () => {
  it.each([
    ['CLIP as the hub exports it', { image_embeds: [1, 512] }, 0, ['image_embeds', 512], null],
    [
      'pooled and patch vectors',
      { image_embeds: [1, 192], patch_embeds: [1, 144, 64] },
      0,
      ['image_embeds', 192],
      ['patch_embeds', 0, 12, 64],
    ],
    ['DINOv2', { last_hidden_state: [1, 257, 384] }, 0, ['last_hidden_state', 384], ['last_hidden_state', 1, 16, 384]],
    [
      'DINOv2 with registers',
      { last_hidden_state: [1, 261, 384] },
      4,
      ['last_hidden_state', 384],
      ['last_hidden_state', 5, 16, 384],
    ],
    [
      'CLIP with its hidden state',
      { image_embeds: [1, 512], last_hidden_state: [1, 50, 768] },
      0,
      ['image_embeds', 512],
      ['last_hidden_state', 1, 7, 768],
    ],
    [
      'all three',
      { image_embeds: [1, 8], patch_embeds: [1, 4, 2], last_hidden_state: [1, 3, 9] },
      0,
      ['image_embeds', 8],
      ['patch_embeds', 0, 2, 2],
    ],
  ] as const)('%s', (_name, shapes, registers, [output, dimensions], patches) => {
    const layout = layoutOf(answer(shapes as never), registers, 'm');
    expect(layout.pooled).toEqual({ output, skip: 0, count: 1, dimensions });
    expect(layout.patches && [layout.patches.output, layout.patches.skip, layout.patches.grid]).toEqual(
      patches && patches.slice(0, 3),
    );
    expect(layout.patches?.dimensions).toBe(patches?.[3]);
  });

  it.each([
    [
      'registers that config.json does not name',
      { last_hidden_state: [1, 261, 8] },
      0,
      /'m' gives 260 patch vectors in last_hidden_state after 1 .*no square.*\n.*num_register_tokens/s,
    ],
    ['registers that are not there', { last_hidden_state: [1, 257, 8] }, 4, /gives 252 patch vectors .* after 5/],
    ['only a class token', { last_hidden_state: [1, 1, 8] }, 0, /gives 0 patch vectors/],
    ['an oblong', { image_embeds: [1, 8], patch_embeds: [1, 12, 2] }, 0, /gives 12 patch vectors in patch_embeds,/],
    ['patches on a map', { image_embeds: [1, 8], patch_embeds: [1, 4, 3, 3] }, 0, /gives patch_embeds of 1x4x3x3/],
    ['pooled vectors on a map', { image_embeds: [1, 8, 7, 7] }, 0, /gives image_embeds of 1x8x7x7/],
    ['no batch', { last_hidden_state: [257, 8] }, 0, /gives last_hidden_state of 257x8/],
    ['empty vectors', { image_embeds: [1, 0] }, 0, /gives image_embeds of 1x0/],
    ['none of them', { pooler_output: [1, 8] }, 0, /neither image_embeds nor last_hidden_state/],
  ] as const)('refuses %s', (_name, shapes, registers, message) => {
    expect(() => layoutOf(answer(shapes as never), registers, 'm')).toThrow(message);
  });
});

describe('takeRows', () => {
  // Two crops, a class token, a register, then one patch, two numbers each.
  const outputs = answer({ last_hidden_state: [2, 3, 2] });
  const unit = (x: number, y: number) => [x, y].map((value) => Math.fround(value / Math.hypot(x, y)));

  it('leaves out what is no patch, crop by crop, and normalises each row', () => {
    const rows = { output: 'last_hidden_state', skip: 1, count: 2, dimensions: 2 };
    const [first = [], second = []] = takeRows(outputs, rows, 2, 'm').map((taken) => Array.from(taken));
    [...unit(3, 4), ...unit(5, 6)].forEach((value, i) => {
      expect(first[i]).toBeCloseTo(value, 6);
    });
    [...unit(9, 10), ...unit(11, 12)].forEach((value, i) => {
      expect(second[i]).toBeCloseTo(value, 6);
    });
    expect([first.length, second.length]).toEqual([4, 4]);
  });

  it('refuses an answer to another number of crops', () => {
    const rows = { output: 'last_hidden_state', skip: 0, count: 1, dimensions: 2 };
    expect(() => takeRows(outputs, rows, 3, 'm')).toThrow(/answers 3 crops with last_hidden_state of 2x3x2/);
  });
});
