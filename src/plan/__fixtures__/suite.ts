import type { Case, Suite } from '../../suite/suite.js';

/** A small suite in memory: cutout -> sheet -> mountains -> valley, with a character whose sheet is a case. */
export function smallSuite(changes: Partial<Suite> = {}): Suite {
  return {
    name: 'small',
    description: '',
    folder: '/nowhere/small',
    hash: '0'.repeat(64),
    models: [
      { id: 'gemini-nano-banana-2.1', name: 'gemini-nano-banana-2.1', generation: {} },
      { id: 'gemini-3-pro-image', name: 'pro', generation: {} },
    ],
    revisions: ['v2', 'v1'],
    limits: { each: {}, models: {} },
    commits: {},
    generation: { aspectRatio: '16:9', imageSize: '1K', responseModalities: ['IMAGE'] },
    samples: { min: 2, max: 2 },
    inputs: 'approved',
    assets: {},
    characters: {
      robot: { name: 'robot', sheet: { case: 'sheet' }, views: ['front', 'back'].map((name) => ({ name, box: null })) },
    },
    cases: [
      smallCase('cutout', [{ name: 'archive', asset: 'archive' }]),
      smallCase('sheet', [{ name: 'cutout', case: 'cutout' }]),
      smallCase('mountains', [{ name: 'robot', case: 'sheet' }], 'robot'),
      smallCase(
        'valley',
        [
          { name: 'robot', case: 'sheet' },
          { name: 'mountains', case: 'mountains' },
        ],
        'robot',
      ),
    ],
    metrics: {},
    checks: {},
    warnings: [],
    ...changes,
  };
}

function smallCase(name: string, images: Case['images'], character?: string): Case {
  const prompts = { v1: [`${name}, loosely`], v2: [`Draw ${name}. Image 1: the robot.`] };
  return {
    name,
    images,
    characters: character === undefined ? [] : [character],
    generation: {},
    text: [],
    checklist: [],
    prompts,
  };
}
