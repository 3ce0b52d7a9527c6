import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heights, levels, withAncestors } from './graph.js';

const journey = new Map([
  ['cutout', []],
  ['sheet', ['cutout']],
  ['mountains', ['sheet']],
  ['valley', ['sheet', 'mountains']],
  ['ascension', ['sheet', 'mountains']],
]);

/** Graphs without cycles: every node may only stand on earlier ones. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .map((rows) => new Map(rows.map((row, i) => [`n${i}`, i === 0 ? [] : [...new Set(row.map((n) => `n${n % i}`))]])));

describe('graph', () => {
  it('tells how long a chain each node stands on', () => {
    expect(Object.fromEntries(levels(journey))).toEqual({ cutout: 0, sheet: 1, mountains: 2, valley: 3, ascension: 3 });
  });

  it('tells how long a chain each node starts', () => {
    expect(Object.fromEntries(heights(journey))).toEqual({
      cutout: 4,
      sheet: 3,
      mountains: 2,
      valley: 1,
      ascension: 1,
    });
  });

  it('weighs chains', () => {
    expect(heights(journey, (node) => (node === 'valley' ? 10 : 1)).get('cutout')).toBe(13);
  });

  it('finds what a node stands on', () => {
    expect([...withAncestors(journey, ['ascension'])].sort()).toEqual(['ascension', 'cutout', 'mountains', 'sheet']);
  });

  it('puts every node above its parents', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const level = levels(graph);
        const height = heights(graph);
        for (const [node, parents] of graph) {
          for (const parent of parents) {
            expect(level.get(node)).toBeGreaterThan(level.get(parent) ?? NaN);
            expect(height.get(parent)).toBeGreaterThan(height.get(node) ?? NaN);
          }
        }
      }),
    );
  });

  it('closes a set of nodes under parents', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (graph, pick) => {
        const closed = withAncestors(graph, [`n${pick % graph.size}`]);
        for (const node of closed) for (const parent of graph.get(node) ?? []) expect(closed).toContain(parent);
      }),
    );
  });
});
