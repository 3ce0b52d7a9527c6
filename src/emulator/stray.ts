/**
 * How far the drawn character strays from its reference in one call, 0 (a copy) to 1 (someone else). Models that exist
 * share one figure, so that nobody reads the emulator as a ranking of them. The two that exist only here have known
 * differences, for trying the gate.
 */
const strays: Record<string, { stray: number; because: string }> = {
  'emulated-steady': { stray: 0.02, because: 'better than any other: a gate that flags it against them is wrong' },
  'emulated-drifting': { stray: 0.5, because: 'plainly another character: a gate that passes it is blind' },
};
const COMMON = 0.05;

export const strayOf = (model: string): number => strays[model]?.stray ?? COMMON;
