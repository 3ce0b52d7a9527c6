import { mentions, type Thing, things } from '../studio/reading/objects.js';
import {
  lightWords,
  type Light,
  type Place,
  placeWords,
  poseWords,
  type View,
  viewWords,
} from '../studio/reading/words.js';
import type { Pose } from '../studio/figure/stance.js';
import { isWorn, type Truth } from './truth.js';

export type Word = 'yes' | 'no' | 'unsure';

/** A part of a statement that was understood: where it stands, and whether it holds. */
interface Claim {
  text: string;
  holds: Word;
}

/** What says nothing that could be wrong of a drawing by this studio, where the rest of a statement was understood. */
const FILLER =
  /\b(?:the|a|an|is|are|was|there|in|on|at|of|to|from|with|and|by|its|his|her|their|it|this|that|picture|image|scene|photo|shown|shows?|seen|visible|being|standing|stands?|can|be|set|place|takes|arms?|hands?|both|one|high|out|ahead|bright|day|hour|time|weather|warm|soft|light|low|sun|lit|open|unfolded|says|reads|written|caption|text|word|words|holds?|holding|carr(?:y|ies|ying)|wears?|wearing)\b/g;
const NEGATED = /\b(?:no|not|nobody|never|without|nothing|isn['’]t|aren['’]t|doesn['’]t|no longer)\b/;
const WHO = /\b(?:robot|character|figure|dog|cat|fox|rabbit|bird|bear|creature|animal|person|somebody|someone)s?\b/;

/** Places of which one may be seen from another: what is not written down may well be in the picture. */
const neighbours: readonly (readonly Place[])[] = [
  ['valley', 'mountains', 'summit', 'ascension', 'bridge', 'snowfield', 'meadow', 'landscape'],
  ['forest', 'clearing', 'hammock', 'meadow'],
];
/** These belong to many places without being written down. */
const unlisted: readonly Thing[] = ['rocks', 'snow', 'trunks'];
/** Who does this stands. */
const upright: readonly Pose[] = ['stand', 'wave', 'point', 'read', 'raise', 'ears', 'push'];

/**
 * Whether a statement holds of a picture, by a closed vocabulary: views, poses, what is held and worn, things, places,
 * light, captions and how many there are. A statement with any other word in it is beyond it: `unsure`.
 */
export function judged(says: string, truth: Truth): Word {
  const captions = [...says.matchAll(/["“«]([^"”»]+)["”»]/g)].map(([text, caption = '']) => ({
    text,
    holds: word(truth.captions.some((drawn) => drawn.toLowerCase() === caption.trim().toLowerCase())),
  }));
  const text = captions.reduce((rest, { text }) => rest.replace(text, ' '), says).toLowerCase();
  const claims: Claim[] = [...captions, ...claimsIn(text, truth)];
  const negated = NEGATED.test(text);
  const rest = claims
    .reduce((left, claim) => left.replaceAll(claim.text, ' '), text)
    .replace(NEGATED, ' ')
    .replace(new RegExp(WHO, 'g'), ' ')
    .replace(FILLER, ' ');
  if (/[a-z0-9]/.test(rest) || (negated && claims.length !== 1)) return 'unsure';
  if (claims.length === 0) return WHO.test(text) && !negated ? word(truth.parts.length > 0) : 'unsure';
  if (claims.some(({ holds }) => holds === 'no')) return negated ? 'yes' : 'no';
  if (claims.some(({ holds }) => holds === 'unsure')) return 'unsure';
  return negated ? 'no' : 'yes';
}

const word = (holds: boolean): Word => (holds ? 'yes' : 'no');

function claimsIn(text: string, truth: Truth): Claim[] {
  const { scene, parts } = truth;
  const claims: Claim[] = [];
  const find = (pattern: RegExp, holds: () => Word) => {
    const hits = [...text.matchAll(new RegExp(pattern, 'g'))];
    if (hits.length > 0) claims.push(...hits.map(([hit]) => ({ text: hit, holds: holds() })));
    return hits.length > 0;
  };
  const anyone = (does: (part: Truth['parts'][number]) => boolean) =>
    word(parts.some(does) && (parts.length < 2 || parts.every(does)));

  find(/\b(?:one|two|three|four|five) (?:\w+ )?(?:robot|character|figure|dog|cat|creature|animal)s?\b/, () =>
    word(
      ['one', 'two', 'three', 'four', 'five'].findIndex((number) => text.includes(`${number} `)) + 1 === parts.length,
    ),
  );
  const isHeld = /\b(?:hold|carr)\w*\b/.test(text);
  for (const thing of ['map', 'axes'] as const)
    if (isHeld && parts.length < 2) find(things[thing], () => anyone(({ holding }) => holding === thing));
  for (const part of ['backpack', 'scarf'] as const)
    find(new RegExp(`\\b${part}\\b`), () => (parts.length < 2 ? word(isWorn(truth, part)) : 'unsure'));
  viewWords.some(([view, pattern]) =>
    find(pattern, () =>
      scene.layout === 'sheet' ? word(isOnSheet(view)) : anyone((part) => sameSide(view, part.view)),
    ),
  );
  poseWords.some(([pose, pattern]) => {
    if (isHeld && pose === 'read') return false;
    return find(pattern, () =>
      anyone((part) => part.pose === pose || (pose === 'stand' && upright.includes(part.pose))),
    );
  });
  if (scene.layout !== 'scene') return claims;
  for (const [thing] of mentions(text, things))
    if (!isHeld || (thing !== 'map' && thing !== 'axes')) find(things[thing], () => there(thing, truth));
  for (const [place, pattern] of Object.entries(placeWords) as [Place, RegExp][])
    if (place !== 'bridge' && place !== 'hammock' && place !== 'ascension')
      find(pattern, () => plays(place, scene.place));
  lightWords.some(([light, pattern]) => find(pattern, () => word(isLight(light, scene.light))));
  return claims;
}

const isOnSheet = (view: View) => view === 'front' || view === 'back';

/** A three-quarter view from behind is a view from behind. */
function sameSide(asked: View, drawn: View): boolean {
  return asked === drawn || (asked === 'front' && drawn === 'front34') || (asked === 'back' && drawn === 'rear34');
}

function there(thing: Thing, { scene }: Truth): Word {
  if (scene.things.includes(thing)) return 'yes';
  return unlisted.includes(thing) ? 'unsure' : 'no';
}

function plays(asked: Place, drawn: Place): Word {
  if (asked === drawn) return 'yes';
  return neighbours.some((group) => group.includes(asked) && group.includes(drawn)) ? 'unsure' : 'no';
}

const isLight = (asked: Light, drawn: Light) => asked === drawn;
