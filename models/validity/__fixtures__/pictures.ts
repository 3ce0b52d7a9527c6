import type { Measured } from '../measured.js';
import type { Scored } from '../measures.js';

/** An undrifted picture from the front, changed as the test needs. */
export function pictureOf(changes: Partial<Measured> & { score?: number } = {}): Scored {
  const { score = 1, ...rest } = changes;
  return {
    identity: 1,
    shown: 1,
    arm: 'none',
    level: 0,
    scene: 0,
    view: 'front',
    background: 'plain',
    box: { x: 100, y: 100, width: 100, height: 200 },
    centre: { x: 150, y: 200 },
    scale: 0.4,
    pose: 16,
    visible: true,
    missing: false,
    scores: { 'clip-cosine': 0.5, window: score, consistency: score },
    window: [90, 90, 200, 200],
    found: true,
    score,
    ...rest,
  };
}
