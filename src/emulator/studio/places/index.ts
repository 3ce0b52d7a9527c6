import type { Place } from '../reading/words.js';
import { bridge, hammock } from './crossing.js';
import { ascension, mountains, summit } from './heights.js';
import { room, shelf } from './indoors.js';
import { beach, desert, landscape, meadow, snowfield, space, town } from './outdoors.js';
import type { Backdrop, Stage } from './stage.js';
import { valley } from './valley.js';
import { clearing, forest } from './woods.js';

export const places = {
  shelf,
  hammock,
  bridge,
  summit,
  ascension,
  clearing,
  forest,
  valley,
  mountains,
  space,
  beach,
  desert,
  snowfield,
  town,
  room,
  meadow,
  landscape,
} satisfies Record<Place, (stage: Stage) => Backdrop>;
