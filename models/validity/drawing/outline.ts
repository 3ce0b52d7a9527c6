/** The silhouette of a head or torso in a box about its centre. */
export interface Outline {
  /** Exponents of a superellipse above and below the middle: 2 is round, 8 nearly a box. */
  upper: number;
  lower: number;
  /** -.5 to .5: wider at the foot (positive) or at the top. */
  taper: number;
  /** 0-.1: how far the edge waves, for what has no fixed form. */
  wave: number;
}

const STEPS = 40;

/** A closed path about (0, 0), `width` x `height`, y downwards. */
export function outlinePath(outline: Outline, width: number, height: number): string {
  const points = Array.from({ length: STEPS }, (_, i) => {
    const turn = (2 * Math.PI * i) / STEPS;
    const power = 2 / (Math.sin(turn) < 0 ? outline.upper : outline.lower);
    const y = Math.sign(Math.sin(turn)) * Math.abs(Math.sin(turn)) ** power;
    const x = Math.sign(Math.cos(turn)) * Math.abs(Math.cos(turn)) ** power;
    const wide = (1 + outline.taper * y) / (1 + Math.abs(outline.taper));
    const waved = 1 + outline.wave * (Math.sin(3 * turn + 0.6) + Math.sin(5 * turn));
    return `${((x * wide * waved * width) / 2).toFixed(2)} ${((y * waved * height) / 2).toFixed(2)}`;
  });
  return `M${points.join('L')}Z`;
}

/** Half the width at height `y`, -1 (top) to 1 (foot), as a share of half the whole width. */
export function halfWidthAt(outline: Outline, y: number): number {
  const power = y < 0 ? outline.upper : outline.lower;
  const round = Math.max(0, 1 - Math.abs(y) ** power) ** (1 / power);
  return (round * (1 + outline.taper * y)) / (1 + Math.abs(outline.taper));
}
