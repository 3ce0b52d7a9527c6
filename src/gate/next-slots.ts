import { obstacles } from './gateable.js';
import type { GateInput, Slot } from './input.js';
import { type Replay, replay } from './replay.js';

/**
 * The slots to buy next while `inFlight` are on their way and there is `room` for more: those of the suite in slot order
 * (round, then case) until it is decided or at the cap, then one at a time for each case that the guard left undecided.
 * Empty with nothing in flight: nothing more to buy. Scores decide when to stop and nothing else. Where the reference
 * grows, a slot is a sample of each arm.
 *
 * Once looks have begun, no slot is bought further ahead of the first one that is not final than calls run at a time, so at
 * most that number less one is bought in vain; a slow answer holds up the others.
 */
export function nextSlots(input: GateInput, inFlight: readonly Slot[], room: number): Slot[] {
  const played = replay(input);
  if (obstacles(input, played).length > 0) return [];
  const isOrdered = (slot: Slot) =>
    inFlight.some(({ case: name, round }) => name === slot.case && round === slot.round);
  const open = played.findings.state === 'open';
  const next: Slot[] = [];
  for (const slot of open ? suiteSlots(played, inFlight.length + room) : guardSlots(played)) {
    if (next.length >= room) break;
    if (!isOrdered(slot) && !played.evidence.isFinal(slot)) next.push(slot);
  }
  return next;
}

function* suiteSlots({ evidence, findings, rule }: Replay, atATime: number): Generator<Slot> {
  const { samples, chains } = evidence.design;
  const { length } = evidence.cases;
  const cap = length * samples.max;
  const firstLook = rule === 'fixed' ? cap : length * samples.min;
  const ahead = chains ? length * (findings.steps + 1) : findings.steps + atATime;
  for (let k = 0; k < Math.min(cap, Math.max(firstLook, ahead)); k += 1)
    yield { case: evidence.cases[k % length] ?? '', round: Math.floor(k / length) + 1 };
}

function* guardSlots({ evidence, wanting, counted, extras }: Replay): Generator<Slot> {
  for (const index of wanting)
    yield { case: evidence.cases[index] ?? '', round: (counted[index] ?? 0) + (extras[index] ?? 0) + 1 };
}
