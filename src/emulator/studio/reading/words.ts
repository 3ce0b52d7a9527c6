import type { Pose } from '../figure/stance.js';

/** Where a scene plays, the most telling first: a bridge between mountains is a bridge. */
export const placeWords = {
  shelf: /\bshel(?:f|ves)\b|\bbookcase\b|\bmantel/,
  hammock: /\bhammock\b/,
  bridge: /\bbridge\b/,
  summit: /\bsummit\b|\btop of the (?:mountain|peak)\b|\bmountain ?top\b/,
  ascension: /\bclimb\w*\b|\bascen(?:d|t|sion)\w*\b|\bscal(?:es|ing) (?:the|a)\b/,
  clearing: /\bclearing\b|\bglade\b|\b(?:two|tree) trunks apart\b/,
  forest: /\bforest\b|\bwoods?\b(?! bridge)|\bjungle\b|\bgiant trees\b/,
  valley: /\bvalley\b|\bcanyon\b|\bgorge\b/,
  mountains: /\bmountains?\b|\bpeaks?\b|\bcliff\b/,
  space: /\b(?:outer )?space\b|\bstarry\b/,
  beach: /\bbeach\b|\bsea ?shore\b|\bocean\b|\bsea\b(?! of)/,
  desert: /\bdesert\b|\bdunes?\b/,
  snowfield: /\bsnowfield\b|\barctic\b|\bsnowy\b|\bwinter\b/,
  town: /\bcity\b|\btown\b|\bstreet\b|\bvillage\b|\bhouses\b/,
  room: /\b(?:living ?|bed)?room\b|\bkitchen\b|\bindoors?\b|\binterior\b|\bdesk\b|\btable\b/,
  meadow: /\bmeadow\b|\bgarden\b|\bpark\b|\bfields?\b|\bgrass\w*\b|\bhills?\b/,
} as const;
export type Place = keyof typeof placeWords | 'landscape';

export const poseWords: readonly (readonly [Pose, RegExp])[] = [
  ['sleep', /\b(?:asleep|sleep(?:s|ing)?|nap(?:s|ping)?|snooz\w+|dozing)\b|\beyes (?:are )?(?:closed|shut)\b/],
  ['climb', /\bclimb(?:s|ing)?\b|\bascend(?:s|ing)?\b|\bascension\b/],
  [
    'ears',
    /\bhands? (?:\w+ ){0,3}ears\b|\bcover\w* (?:its|his|her|their) ears\b|\bhands? (?:\w+ ){0,3}head in\b|\bdespair\b/,
  ],
  ['push', /\bpush(?:es|ing)?\b|\bpart(?:s|ing) (?:the|two)\b|\btrunks apart\b/],
  [
    'raise',
    /\barms? (?:\w+ ){0,3}(?:raised|up|overhead|high)\b|\brais(?:es|ing) (?:both |its |his |her |their )*arms\b|\b(?:triumph\w*|victor\w*|celebrat\w*)\b/,
  ],
  ['point', /\bpoint(?:s|ing)\b/],
  ['read', /\bread(?:s|ing)?\b|\b(?:hold|look|stud)\w* (?:\w+ ){0,4}map\b|\bmap held\b/],
  ['wave', /\bwav(?:es|ing)\b/],
  ['sit', /\bsit(?:s|ting)?\b|\bseated\b/],
  ['walk', /\bwalk(?:s|ing)?\b|\bhik(?:es|ing)\b|\bstroll\w*\b/],
  ['stand', /\bstand(?:s|ing)?\b/],
];

export type View = 'front' | 'back' | 'front34' | 'rear34' | 'side';
export const viewWords: readonly (readonly [View, RegExp])[] = [
  [
    'rear34',
    /(?:3\/4|¾|three[- ]quarters?)[^.,;]{0,24}(?:rear|back|behind)|(?:rear|back)[^.,;]{0,6}(?:3\/4|¾|three[- ]quarters?)/,
  ],
  ['front34', /(?:3\/4|¾|three[- ]quarters?)/],
  [
    'back',
    /\bback view\b|\brear view\b|\bfrom (?:directly |straight )?(?:behind|the back)\b|\bseen from (?:the )?(?:back|behind)\b|\bits back to\b|\b(?:back|rear) to (?:us|the (?:camera|viewer))\b/,
  ],
  ['side', /\bside view\b|\bprofile\b/],
  ['front', /\bfront view\b|\bfrom the front\b|\bfac(?:es|ing) (?:us|the (?:camera|viewer))\b|\bfrontal\b/],
];

export type Position = 'left' | 'right' | 'centre';
export type Distance = 'close' | 'medium' | 'wide';
export const distanceWords: readonly (readonly [Distance, RegExp])[] = [
  ['close', /\bclose[- ]?up\b|\bclose shot\b|\btight (?:shot|crop|framing)\b|\bnear camera\b/],
  [
    'wide',
    /\bwide (?:shot|view|angle)\b|\bwide[- ]angle\b|\bpanoram\w*\b|\btiny (?:figure|in)\b|\bfrom afar\b|\bsmall in (?:the )?frame\b/,
  ],
  ['medium', /\bmedium shot\b|\bmid[- ]shot\b/],
];

export type Light = 'studio' | 'golden' | 'dusk' | 'night' | 'day' | 'mist' | 'lamp';
export const lightWords: readonly (readonly [Light, RegExp])[] = [
  ['golden', /\bgolden\b|\bsunset\b|\blate sun\b|\blow sun\b|\bwarm evening\b/],
  ['dusk', /\bdusk\b|\btwilight\b|\bblue hour\b|\bevening\b/],
  ['night', /\bnight\b|\bmoon(?:light|lit)?\b|\bstarry\b/],
  ['mist', /\bmist\w*\b|\bfog\w*\b|\bovercast\b|\bhaz[ey]\b/],
  ['day', /\bsunny\b|\bbright (?:day|sun)\w*\b|\bmidday\b|\bdaylight\b|\bclear morning\b|\bmorning\b/],
  ['lamp', /\blamp ?light\b|\bwarm (?:room|indoor) light\b|\bcandle\w*\b/],
  ['studio', /\bstudio\b|\bsoft(?:,)? (?:even |diffuse )?light\w*\b|\bdiffuse\w*\b/],
];
