import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Package, published, root } from "./packages.ts";
import { must } from "./run.ts";

/** A packed package. */
export interface Packed {
  readonly name: string;
  /** The path of the tarball. */
  readonly tarball: string;
  /** The folder of its unpacked content. */
  readonly content: string;
}

const pnpm = join(root, "node_modules/.bin/pnpm");

/**
 * Packs built packages into a folder, like `pnpm publish`.
 * @param names the packages. Default: all.
 */
export async function packAll(directory: string, names?: readonly string[]): Promise<Packed[]> {
  const wanted = published.filter(({ name }) => names?.includes(name) ?? true);
  return Promise.all(wanted.map((one) => pack(one, directory)));
}

async function pack({ name, folder }: Package, directory: string): Promise<Packed> {
  const short = name.replace("@vms/", "");
  const tarball = join(directory, `${short}.tgz`);
  const unpacked = join(directory, "unpacked", short);
  mkdirSync(unpacked, { recursive: true });
  await must(pnpm, ["pack", "--out", tarball], { cwd: folder });
  await must("tar", ["-xzf", tarball, "-C", unpacked]);
  return { name, tarball, content: join(unpacked, "package") };
}
