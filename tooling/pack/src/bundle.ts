import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

export interface Bundle {
  readonly code: string;
  /** Of the minified code, gzipped as a server does it. */
  readonly gzip: number;
  /** The modules in the code. */
  readonly inputs: Metafile["inputs"];
}

/** Bundles and minifies a program for a browser, from what a project has installed. */
export async function bundle(project: string, program: string, external: readonly string[] = []): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: project },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["node:*", ...external],
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const code = outputFiles[0]?.text ?? "";
  return { code, gzip: gzipSync(code, { level: 9 }).length, inputs: metafile.inputs };
}

/** Bundles a program that uses one vendor's sessions and nothing else of it. */
export function bundleVendor(project: string, name: string, factory: string): Promise<Bundle> {
  return bundle(project, `import { ${factory} } from "${name}"; console.log(${factory});`);
}
