/** What stands where a key stood. */
export const CUT = '[key cut]';

/** What is sent where no key is needed. */
const PLACEHOLDERS = new Set(['offline', 'unused']);
/** From this length on a key is not met by chance inside picture data: 2 MB of base64 hold one of 64^12 once in 10^15. */
const LONG = 12;
/** Shorter keys may be parts of words, or the names of JSON members: they are cut where they stand alone. */
const SHORT = 6;
/** Unbroken base64 of this length is picture data. */
const PICTURE_DATA = /[A-Za-z0-9+/_-]{256,}={0,2}/g;

/**
 * A function that cuts secrets from any text that came from outside: written plainly, percent-encoded, or escaped as
 * JSON may (`\u003d` for `=`, `\/` for `/`). Secrets are printable ASCII. Those of less than 12 characters are left
 * where they stand in picture data, which could otherwise be damaged by chance.
 */
export function secretCutter(secrets: readonly string[]): (text: string) => string {
  const real = secrets
    .filter((secret) => secret !== '' && !PLACEHOLDERS.has(secret))
    .sort((a, b) => b.length - a.length);
  const long = replacer(real.filter((secret) => secret.length >= LONG).map(anywhere));
  const short = replacer(
    real
      .filter((secret) => secret.length < LONG)
      .map((secret) => (secret.length < SHORT ? alone(secret) : anywhere(secret))),
  );
  return (text) => outside(PICTURE_DATA, long(text), short);
}

function replacer(patterns: readonly string[]): (text: string) => string {
  if (patterns.length === 0) return (text) => text;
  const pattern = new RegExp(patterns.join('|'), 'g');
  return (text) => text.replace(pattern, CUT);
}

/** Changes what the pattern does not fit. */
function outside(pattern: RegExp, text: string, change: (text: string) => string): string {
  const kept = text.match(pattern) ?? [];
  return text
    .split(pattern)
    .map((between, index) => change(between) + (kept[index] ?? ''))
    .join('');
}

function anywhere(secret: string): string {
  return [...secret].map(anyWriting).join('');
}

/** Not inside a word, and not as the name of a JSON member. */
function alone(secret: string): string {
  return `(?<![A-Za-z0-9])${anywhere(secret)}(?![A-Za-z0-9]|"\\s*:)`;
}

function anyWriting(character: string): string {
  const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
  const eitherCase = hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const plain = character.replace(/[^A-Za-z0-9]/, '\\$&');
  const writings = [plain, `\\\\u00${eitherCase}`, `%${eitherCase}`];
  if (/["\\/]/.test(character)) writings.unshift(`\\\\${plain}`);
  return `(?:${writings.join('|')})`;
}
