import { matches, type Rule } from '../rule.js';
import type { PromptText } from '../prompt-text.js';
import { charactersSent, sheetOwner, sheetPrompt, type Subject } from '../subject.js';

/** Things that are carried from scene to scene; more would be guessing. */
const props =
  'axe|map|lantern|torch|sword|shield|umbrella|rope|stick|staff|flag|banner|basket|book|letter|cup|mug|bottle|ball|balloon|guitar|flute|drum|camera|telescope|compass|spoon|flower|kite|phone|key|bag|suitcase|box|wand|broom|hammer|shovel|bucket|brush|pencil|pen|crown|hat|coat|cloak|helmet|apple|cake|gift|present|candle|skateboard|bicycle|oar|paddle|net|spear|bow|trophy|newspaper|scarf';
const prop = String.raw`(?:[a-z-]+\s+){0,4}?(${props})(?:e?s)?\b`;
const articles = '(?:an?|the|its|his|her|their|two|three|some|one|this|that|both)';
/** "holds a felt axe", "reading a large map", "with ice axes". */
const held = [
  String.raw`\b(?:hold|carr|read|grip|clutch|grasp|wield|wav|swing|lift|wear|play|rais|us|push|pull)(?:s|es|y|ies|ing|ying)?\s+(?:up\s+|out\s+)?${articles}\s+${prop}`,
  String.raw`\bwith\s+(?:${articles}\s+)?${prop}`,
];
const emptied =
  /\bempty[- ]handed\b|\bhands? (?:is|are) (?:now )?(?:empty|free)\b|\bempty hands?\b|\bnothing (?:is )?(?:left )?in (?:its|his|her|their) hands?\b|\bhold(?:s|ing)? nothing\b|\bno longer (?:hold|carr)\w+ any\w*\b|\bkeep (?:everything|all)\b/i;

export const sceneRules: Rule[] = [
  {
    id: 'previous-object',
    level: 'warning',
    why: 'What the character held in the previous scene stays in its hand, or not, from sample to sample, unless the prompt keeps or releases it.',
    source: null,
    *inPrompt(prompt, subject) {
      if (prompt.turn > 1 || emptied.test(prompt.text)) return;
      for (const { number, name, before } of scenesBefore(prompt, subject)) {
        for (const object of objectsHeld(before, subject)) {
          if (new RegExp(String.raw`\b${object}(?:e?s)?\b`, 'i').test(prompt.text)) continue;
          yield {
            ...prompt.opening,
            message: `the ${object} of '${name}' (Image ${number}) is neither kept nor released`,
            advice: `Say 'is still holding the ${object}', or 'is no longer holding the ${object}'.`,
          };
        }
      }
    },
  },
];

/** The scenes among a prompt's pictures, with their own prompts in the same revision. */
function scenesBefore(prompt: PromptText, subject: Subject) {
  return prompt.case.images.flatMap((image, index) => {
    if (!('case' in image) || sheetOwner(image, subject) || prompt.case.characters.length === 0) return [];
    // The picture that is handed on is that of the last turn.
    const before = subject.prompts.findLast(
      (each) => each.case.name === image.case && each.revision === prompt.revision,
    );
    return before ? [{ number: index + 1, name: image.name, before }] : [];
  });
}

/** What the characters of a scene hold, as nouns; what their sheets show is part of them. */
function objectsHeld(scene: PromptText, subject: Subject): string[] {
  const sheets = charactersSent(scene.case, subject)
    .map((character) => sheetPrompt(character, scene.revision, subject)?.text ?? '')
    .join('\n');
  const objects = held.flatMap((pattern) =>
    matches(scene.said, new RegExp(pattern, 'gi'))
      .filter(({ text, start }) => !released(scene.said.slice(Math.max(0, start - 20), start), text))
      .map(({ found }) => (found[1] ?? '').toLowerCase()),
  );
  return [...new Set(objects)].filter((object) => !new RegExp(String.raw`\b${object}(?:e?s)?\b`, 'i').test(sheets));
}

/** "no longer holding the map", "a mountain with ... and a map" past a clause's end. */
function released(before: string, text: string): boolean {
  return /\b(?:no longer|not|never|without|stops?|instead of)\s+$/i.test(before) || /[,.;]/.test(text);
}
