/** What stands where a key stood. */
export const CUT = '[key cut]';

/** Shorter strings are placeholders ("unused", "offline"), and would be met by chance inside picture data. */
const SHORTEST_SECRET = 8;

/**
 * A function that cuts secrets from any text that came from outside: written plainly, percent-encoded, or escaped as
 * JSON may (`\u003d` for `=`, `\/` for `/`). Secrets are printable ASCII.
 */
export function secretCutter(secrets: readonly string[]): (text: string) => string {
  const patterns = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .map((secret) => [...secret].map(anyWriting).join(''));
  if (patterns.length === 0) return (text) => text;
  const pattern = new RegExp(patterns.join('|'), 'g');
  return (text) => text.replace(pattern, CUT);
}

function anyWriting(character: string): string {
  const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
  const eitherCase = hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const plain = character.replace(/[^A-Za-z0-9]/, '\\$&');
  const writings = [plain, `\\\\u00${eitherCase}`, `%${eitherCase}`];
  if (/["\\/]/.test(character)) writings.unshift(`\\\\${plain}`);
  return `(?:${writings.join('|')})`;
}
