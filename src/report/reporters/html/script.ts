import { join } from 'node:path';

/** The pages' script in one file. `source` is the folder that holds `client/report.ts`. Loads esbuild, which only the build has. */
export async function bundleClient(source: string): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(source, 'client', 'report.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return outputFiles.map((file) => file.text).join('');
}
