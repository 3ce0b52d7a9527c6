import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readdirSync, readFileSync, writeFileAtomic } from '../../../lib/files.js';
import { bundleClient } from './script.js';

/** The last step of the build: puts what tsc leaves behind (templates, style sheet, page script) beside the compiled reporter. */

const target = dirname(fileURLToPath(import.meta.url));
const source = join(target, '../../../../src/report/reporters/html');

for (const file of readdirSync(join(source, 'templates'))) {
  writeFileAtomic(join(target, 'templates', file), readFileSync(join(source, 'templates', file)));
}
writeFileAtomic(join(target, 'style.css'), readFileSync(join(source, 'style.css')));
writeFileAtomic(join(target, 'assets', 'report.js'), await bundleClient(source));
