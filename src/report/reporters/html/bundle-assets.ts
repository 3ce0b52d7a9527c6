import { join } from 'node:path';

/** The pages' style sheet and script, one file each. `source` is the folder that holds `style/` and `client/`. Loads esbuild, which only the build has. */
export async function bundleAssets(source: string): Promise<{ style: string; script: string }> {
  const { build } = await import('esbuild');
  const bundled = async (entry: string) => {
    const { outputFiles } = await build({
      entryPoints: [join(source, entry)],
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      write: false,
    });
    return outputFiles.map((file) => file.text).join('');
  };
  return { style: await bundled('style/report.css'), script: await bundled('client/report.ts') };
}
