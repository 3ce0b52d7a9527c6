import * as path from 'node:path';
import { UsageError } from '../lib/errors.js';
import { existsSync, readFileSync, statSync } from '../lib/files.js';

/**
 * The file that GOOGLE_APPLICATION_CREDENTIALS names, absolute, looked into before Google's library is: it takes what is
 * not JSON for a key of another form. Nothing of the value or of what the file holds is told: either may be the secret.
 * @throws UsageError when there is no such file, or it is not credentials.
 */
export function credentialsIn(value: string, cwd: string): string {
  const refuse = (problem: string, fix: string) => new UsageError(`GOOGLE_APPLICATION_CREDENTIALS ${problem}`, { fix });
  if (/^\s*\{/.test(value))
    throw refuse('holds JSON', 'Save it in a file outside of the repository, and give the path.');
  const file = path.resolve(cwd, value);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw refuse('names no file that is there', 'Give the path of a JSON file, absolute or from this folder.');
  }
  const json = parsed(file);
  if (json === undefined)
    throw refuse('names a file that cannot be read as JSON', 'Download the key again, or let gcloud write it.');
  const lacking = ['type', ...(json['type'] === 'service_account' ? ['client_email', 'private_key'] : [])].filter(
    (member) => typeof json[member] !== 'string' || json[member] === '',
  );
  if (lacking.length > 0) {
    throw refuse(
      `names a JSON file without ${lacking.join(', ')}`,
      'It must be credentials as Google Cloud writes them.',
    );
  }
  return file;
}

/** The object in a JSON file, or `undefined`: what is thrown would name the file, or quote it. */
function parsed(file: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
