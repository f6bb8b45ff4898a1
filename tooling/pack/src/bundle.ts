import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

export interface Bundle {
  readonly code: string;
  /** The gzipped size of the minified code, in bytes. */
  readonly gzip: number;
  /** The modules in the code. */
  readonly inputs: Metafile["inputs"];
}

/** Bundles and minifies a program for a browser with the installed packages of a project. */
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

/** Bundles a program that only uses one vendor's sessions. */
export function bundleVendor(project: string, name: string, factory: string): Promise<Bundle> {
  return bundle(project, `import { ${factory} } from "${name}"; console.log(${factory});`);
}
