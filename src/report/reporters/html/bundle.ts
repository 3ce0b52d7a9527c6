import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readdirSync, readFileSync, writeFileAtomic } from '../../../lib/files.js';
import { bundleAssets } from './bundle-assets.js';

/** The last step of the build: puts what tsc leaves behind (templates, style sheet, page script) beside the compiled reporter. */

const target = dirname(fileURLToPath(import.meta.url));
const source = join(target, '../../../../src/report/reporters/html');

for (const file of readdirSync(join(source, 'templates'))) {
  writeFileAtomic(join(target, 'templates', file), readFileSync(join(source, 'templates', file)));
}
const { style, script } = await bundleAssets(source);
writeFileAtomic(join(target, 'assets', 'report.css'), style);
writeFileAtomic(join(target, 'assets', 'report.js'), script);
