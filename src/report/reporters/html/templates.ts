import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { existsSync, readdirSync, readFileSync } from '../../../lib/files.js';
import { bundleAssets } from './bundle-assets.js';

const here = dirname(fileURLToPath(import.meta.url));

/** Fills a template of `templates/`; everything is escaped, and a member the view does not have is an error. */
export type Render = (template: string, view: object) => string;

export function loadTemplates(): Render {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('is', (a: unknown, b: unknown) => a === b);
  handlebars.registerHelper('isNumber', (value: unknown) => typeof value === 'number');
  const options = { strict: true, preventIndent: true };
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  for (const file of readdirSync(join(here, 'templates'))) {
    const name = file.replace(/\.hbs$/, '');
    const text = readFileSync(join(here, 'templates', file), 'utf8');
    handlebars.registerPartial(name, text);
    compiled.set(name, handlebars.compile(text, options));
  }
  return (template, view) => {
    const fill = compiled.get(template);
    if (!fill) throw new Error(`no template '${template}'`);
    return fill(view);
  };
}

let bundled: ReturnType<typeof bundleAssets> | undefined;

/** The style sheet and the script of every page. The build bundles them; straight from the source they are bundled now, once. */
export async function loadAssets(): Promise<{ style: string; script: string }> {
  const [style, script] = ['report.css', 'report.js'].map((name) => join(here, 'assets', name));
  if (style === undefined || script === undefined || !existsSync(script)) return (bundled ??= bundleAssets(here));
  return { style: readFileSync(style, 'utf8'), script: readFileSync(script, 'utf8') };
}
