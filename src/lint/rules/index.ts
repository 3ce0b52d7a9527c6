import type { Rule } from '../rule.js';
import { captionRules } from './captions.js';
import { characterRules } from './characters.js';
import { checklistRules } from './checklists.js';
import { editRules } from './edits.js';
import { foreignRules } from './foreign.js';
import { imageRules } from './images.js';
import { sceneRules } from './scenes.js';
import { settingRules } from './settings.js';
import { unusedRules } from './unused.js';
import { wordRules } from './words.js';

/** Every rule there is. A new one is an entry of its group, or a group of its own and a line here. */
export const rules: readonly Rule[] = [
  ...imageRules,
  ...editRules,
  ...characterRules,
  ...sceneRules,
  ...wordRules,
  ...captionRules,
  ...checklistRules,
  ...foreignRules,
  ...settingRules,
  ...unusedRules,
];
