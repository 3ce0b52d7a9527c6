/**
 * The suite that `evaluate init` writes: path -> text. TypeScript, because the build copies no other files.
 * It is small, but shows a character with its sheet, a chain of scenes, two revisions and a partial.
 */
export const templateFiles = (name: string): Record<string, string> => ({
  'suite.yaml': `name: ${name}
description: A paper fox in two scenes, from one picture
models: # the first model with the first revision is the candidate
  - gemini-nano-banana-2.1
revisions: [v2, v1] # folders under prompts/
samples: 4 # pictures a case
generation: { aspectRatio: "16:9", imageSize: 1K, responseModalities: [IMAGE] }
assets:
  portrait: assets/portrait.png # put a picture of your own character here
characters:
  fox: { sheet: sheet, views: [front, back] }
vars:
  material: folded paper
cases:
  sheet:
    images: [portrait]
  forest:
    images: [fox]
    character: fox
  bridge:
    images: [fox, forest]
    character: fox
metrics:
  consistency: { gate: true, margin: auto }
checks:
  cost: { max: 0.20 } # USD a picture, retries included
  resolution: { min: 1024 } # px, the longer side
`,
  'prompts/v1/sheet.hbs': 'Make a character sheet of this figure: front view and back view.\n',
  'prompts/v1/forest.hbs': 'The figure walks through a forest. Made of {{material}}.\n',
  'prompts/v1/bridge.hbs': 'The figure crosses a bridge. Made of {{material}}.\n',
  'prompts/v2/partials/identity.hbs':
    'Image 1 is the character sheet of the figure. Keep its shape, its proportions, its colours and everything it wears exactly as the sheet shows them.\n',
  'prompts/v2/sheet.hbs': `Image 1 shows a figure made of {{material}}.
Make a character sheet of this figure: the whole figure seen from the front on the left, and the same figure seen from the back on the right.
Plain light background, even light, nothing else in the picture.
`,
  'prompts/v2/forest.hbs': `{{> identity}}
Show the figure walking along a path through a forest in the early morning, seen from the side.
Everything in the scene is made of {{material}}. Soft light falls between the trees.
`,
  'prompts/v2/bridge.hbs': `{{> identity}}
Image 2 is the scene before this one; keep its style and its light. The forest is no longer in the picture.
Show the figure crossing a small bridge over a river, seen from the front.
Everything in the scene is made of {{material}}.
`,
});

/** Where the picture of the template's character belongs. */
export const templateAsset = 'assets/portrait.png';
