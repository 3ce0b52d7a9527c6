import { hash31 } from '../../lib/hash.js';
import { type Random, seededRandom } from '../../lib/random.js';
import { dressed, isSame, type Known, MIX_UP, MOST, type Seen } from './identity.js';
import type { Reading } from './reading/reading.js';
import { type Role, unnamed } from './reading/roles.js';
import type { Scene } from './scene.js';
import { blended, strayed } from './vary.js';

/** One of several who are drawn, with what the prompt says of them. */
export interface Member extends Known {
  role: Role;
}

/** The chance that unlabelled pictures make the studio lose one of several or draw one twice. */
export const MISCOUNT = 0.2;

/**
 * Whom the pictures show and the prompt speaks of, where that is several; otherwise nobody, and the scene is one
 * character's. A label settles who is whose; without labels the first one named is the first one shown.
 */
export function castOf(reading: Reading, seen: readonly Seen[]): Member[] {
  const { roles, references } = reading;
  const shown = everyone(references.scene, seen);
  if (shown.length < 2) return [];
  const taken = new Map<Known, Role>();
  const at = (image: number | null) => {
    const picture = image === null ? undefined : seen[image];
    return picture && shown.find((one) => isSame(one, picture));
  };
  for (const role of roles.named) {
    const known = at(role.image);
    if (known && !taken.has(known)) taken.set(known, role);
  }
  const labelled = new Set(references.characters.map(({ image }) => at(image)));
  const free = () => shown.find((one) => !taken.has(one) && !labelled.has(one));
  for (const role of roles.named.filter(({ image }) => image === null)) {
    const known = free();
    if (known) taken.set(known, role);
  }
  if (roles.together && references.characters.length === 0)
    for (const known of shown) if (!taken.has(known)) taken.set(known, unnamed);
  const cast = [...taken].map(([known, role]) => ({ ...known, role }));
  return cast.length < 2 ? [] : cast.slice(0, MOST);
}

/** Gives each of the known a role: by label, else in the order in which the prompt names them. */
export function rolesFor({ roles: { named } }: Reading, known: readonly Known[]): Member[] {
  const free = named.filter(({ image }) => image === null);
  return known.map((one, i) => ({
    ...one,
    role: named.find(({ image }) => image === i) ?? free.shift() ?? unnamed,
  }));
}

/** Everyone once, as their best picture shows them: their sheet, or a cutout, before a scene they are in. */
function everyone(sceneAt: number | null, seen: readonly Seen[]): Known[] {
  const worth = (one: Seen) =>
    ({ sheet: 3, cutout: 2, scene: one.company.length > 0 ? 0 : 1 })[one.scene?.layout ?? 'cutout'];
  const pictures = seen.filter((one, i) => i !== sceneAt || one.scene !== null);
  const found: { known: Known; worth: number }[] = [];
  for (const one of pictures)
    for (const known of [one, ...one.company]) {
      const before = found.find((other) => isSame(other.known, known));
      if (!before) found.push({ known, worth: worth(one) });
      else if (worth(one) > before.worth) Object.assign(before, { known, worth: worth(one) });
    }
  return found.map(({ known }) => ({ character: known.character, first: known.first }));
}

/** The scene that goes on: the one a label names, else the last picture of several, else the last that shows nobody new. */
export function sceneBefore({ references }: Reading, seen: readonly Seen[]): Scene | null {
  if (references.scene !== null) return seen[references.scene]?.scene ?? null;
  const own = new Set(references.characters.map(({ image }) => image));
  const open = seen.filter((_, i) => !own.has(i));
  const ofSeveral = open.filter(({ company }) => company.length > 0);
  const ofKnown = open.filter((one) => seen.slice(0, seen.indexOf(one)).some((other) => isSame(other, one)));
  return (ofSeveral.pop() ?? ofKnown.pop())?.scene ?? null;
}

/** Everyone as this picture will show them. Without labels they may be swapped or blended, and one may get lost or come twice. */
export function identifyCast(
  cast: readonly Member[],
  reading: Reading,
  request: { seed: number; stray: number },
): Member[] {
  const stray = request.stray * (1 + 0.5 * reading.keywords);
  const drawn = cast.map(({ character, first, role }, i): Member => {
    const random = seededRandom(hash31(['identity', request.seed, reading.hash, i]));
    return { first: dressed(first, role), character: strayed(dressed(character, role), stray, random), role };
  });
  if (reading.references.labelled) return drawn;
  const random = seededRandom(hash31(['cast', request.seed, reading.hash]));
  return miscounted(mixedUp(drawn, random), random);
}

/** Two of them change places, or one takes on something of another. */
function mixedUp(cast: readonly Member[], random: Random): Member[] {
  const [chance, swap, share] = [random(), random() < 0.5, 0.18 + random() * 0.3];
  const one = Math.floor(random() * cast.length);
  const other = (one + 1 + Math.floor(random() * (cast.length - 1))) % cast.length;
  const [a, b] = [cast[one], cast[other]];
  if (chance >= MIX_UP || !a || !b) return [...cast];
  if (!swap)
    return cast.map((member) =>
      member === a ? { ...a, character: blended(a.character, b.character, share, random) } : member,
    );
  return cast.map((member) => (member === a ? { ...b, role: a.role } : member === b ? { ...a, role: b.role } : member));
}

function miscounted(cast: readonly Member[], random: Random): Member[] {
  const [chance, lose] = [random(), random() < 0.5];
  const at = Math.floor(random() * cast.length);
  const member = cast[at];
  if (chance >= MISCOUNT || !member) return [...cast];
  if (lose || cast.length >= MOST) return cast.filter((one) => one !== member);
  return [...cast, { ...member, role: { ...unnamed, view: member.role.view } }];
}
