import { writeFileAtomic } from './lib/files.js';
import { runRecord } from './record.js';
import { publishedSchema } from './suite/published-schema.js';
import { suiteFile } from './suite/schema.js';

/** `npm run schema`: writes the JSON Schemas of the two files that people and other programs read. */
writeFileAtomic('schema/suite.schema.json', publishedSchema(suiteFile));
writeFileAtomic('schema/run.schema.json', publishedSchema(runRecord));
