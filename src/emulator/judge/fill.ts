/** A statement of a question, by the number that its line begins with. */
export interface Numbered {
  number: number;
  says: string;
}

/** `3. The robot holds a map`: the lines of a prompt that ask for an answer each. */
export function numberedLines(prompt: string): Numbered[] {
  return [...prompt.matchAll(/^[ \t]*(\d{1,3})[.)][ \t]+(\S.*)$/gm)].map(([, number, says = '']) => ({
    number: Number(number),
    says: says.trim(),
  }));
}

/** What is read of a schema, in the words of either of the two kinds that Gemini takes. */
interface Schema {
  type?: unknown;
  enum?: unknown;
  items?: unknown;
  properties?: unknown;
}

/**
 * A value of the schema. A list of objects with a whole number and a word of a given set is taken for the answers to the
 * statements, one each; all else gets the plainest value there is.
 */
export function filled(schema: unknown, statements: readonly Numbered[], answer: (says: string) => string): unknown {
  const { type, items, properties, ...rest } = schemaOf(schema);
  const words = Array.isArray(rest.enum) ? rest.enum.map(String) : [];
  switch (String(type).toLowerCase()) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schemaMap(properties)).map(([key, member]) => [key, filled(member, statements, answer)]),
      );
    case 'array':
      return isAnswers(items) ? statements.map((each) => answered(items, each, answer)) : [];
    case 'string':
      return words[0] ?? '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return {};
  }
}

function answered(items: unknown, { number, says }: Numbered, answer: (says: string) => string): unknown {
  return Object.fromEntries(
    Object.entries(schemaMap(schemaOf(items).properties)).map(([key, member]) => {
      const { type } = schemaOf(member);
      if (isWord(member)) return [key, chosen(member, answer(says))];
      return [key, String(type).toLowerCase() === 'integer' ? number : filled(member, [], answer)];
    }),
  );
}

/** The word itself where the schema has it, else the last one, which is where doubt is put. */
function chosen(member: unknown, word: string): unknown {
  const words = (schemaOf(member).enum as unknown[]).map(String);
  return words.includes(word) ? word : words.at(-1);
}

function isAnswers(items: unknown): boolean {
  const members = Object.values(schemaMap(schemaOf(items).properties));
  return members.some(isWord) && members.some((member) => String(schemaOf(member).type).toLowerCase() === 'integer');
}

const isWord = (schema: unknown): boolean => {
  const words = schemaOf(schema).enum;
  return Array.isArray(words) && words.length > 0;
};

const schemaOf = (schema: unknown): Schema => (typeof schema === 'object' && schema !== null ? schema : {});
const schemaMap = (value: unknown): Record<string, unknown> => ({ ...schemaOf(value) });
