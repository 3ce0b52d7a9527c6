import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/**', 'reports/**', '.evaluate/**', 'baselines/**', 'models/**/*.py', 'node_modules/**'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one name for one thing.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        { selector: "MemberExpression[property.name='innerHTML']", message: 'Text from outside is never markup.' },
      ],
    },
  },
  { files: ['**/vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
