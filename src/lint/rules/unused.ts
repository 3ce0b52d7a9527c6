import { foldersIn, templatesIn } from '../../suite/folder.js';
import { sameSource } from '../../suite/source.js';
import type { InSuite, Rule } from '../rule.js';
import type { Subject } from '../subject.js';

const why = 'What nothing uses is read, kept and explained for nothing, and often is a name that was meant elsewhere.';

export const unusedRules: Rule[] = [
  {
    id: 'unused-asset',
    level: 'warning',
    why,
    source: null,
    *inSuite({ suite }) {
      const sources = [
        ...suite.cases.flatMap(({ images }) => images),
        ...Object.values(suite.characters).map(({ sheet }) => sheet),
      ];
      for (const asset of Object.keys(suite.assets))
        if (!sources.some((source) => sameSource(source, { asset })))
          yield key(
            ['assets', asset],
            `no case or sheet uses the asset '${asset}'`,
            'Name it under `images` of a case, or take it out.',
          );
    },
  },
  {
    id: 'unused-character',
    level: 'warning',
    why,
    source: null,
    *inSuite({ suite }) {
      const shown = new Set(suite.cases.flatMap(({ characters }) => characters));
      for (const name of Object.keys(suite.characters))
        if (!shown.has(name))
          yield key(
            ['characters', name],
            `no case shows '${name}'`,
            `Add character: ${name} to the cases that do, or nothing is scored for it.`,
          );
    },
  },
  {
    id: 'unused-revision',
    level: 'hint',
    why,
    source: null,
    *inSuite({ suite, reading }) {
      for (const folder of foldersIn(reading.folder, 'prompts'))
        if (
          templatesIn(reading.folder, `prompts/${folder}`).length > 0 &&
          !suite.revisions.some((revision) => revision === folder || revision.endsWith(`:${folder}`))
        )
          yield key(
            ['revisions'],
            `prompts/${folder} is no revision of the suite`,
            `List ${folder} under \`revisions\`, or delete the folder; git keeps it.`,
          );
    },
  },
  {
    id: 'unused-template',
    level: 'warning',
    why,
    source: null,
    *inSuite({ revisions }) {
      for (const { unused, partials, sources } of revisions) {
        const called = new Set(
          [...sources.values()].flatMap((text) =>
            [...text.matchAll(/\{\{~?#?>\s*["'[]?([\w./-]+)/g)].map(([, name]) => name),
          ),
        );
        const dynamic = [...sources.values()].some((text) => /\{\{~?#?>\s*\(/.test(text));
        const uncalled = dynamic ? [] : partials.filter(({ name }) => !called.has(name)).map(({ file }) => file);
        for (const file of [...unused, ...uncalled])
          yield {
            at: { file },
            message: 'no case uses this template',
            advice: 'Name it as `prompt` of a case, or delete it.',
          };
      }
    },
  },
  {
    id: 'unused-variable',
    level: 'warning',
    why,
    source: null,
    *inSuite({ suite, reading, revisions }) {
      // A revision of git may use what those in the working tree do not.
      if (revisions.length < suite.revisions.length) return;
      const tags = revisions
        .flatMap(({ sources }) => [...sources.values()].flatMap((text) => text.match(/\{\{[^]*?\}\}/g) ?? []))
        .join('\n');
      const paths = [
        ...Object.keys(reading.file.vars).map((name) => ['vars', name]),
        ...Object.entries(reading.file.cases).flatMap(([each, { vars }]) =>
          Object.keys(vars).map((name) => ['cases', each, 'vars', name]),
        ),
      ];
      for (const path of paths)
        if (!new RegExp(String.raw`(?<![\w-])${path.at(-1) ?? ''}(?![\w-])`).test(tags))
          yield key(
            path,
            `no prompt uses the variable '${path.at(-1) ?? ''}'`,
            `Write {{${path.at(-1) ?? ''}}} where it belongs, or take it out.`,
          );
    },
  },
] satisfies (Rule & { inSuite: (subject: Subject) => Iterable<InSuite> })[];

const key = (path: string[], message: string, advice: string): InSuite => ({
  at: { path, key: true },
  message,
  advice,
});
