import { bundleVendor } from "./bundle.ts";
import type { Installed } from "./install.ts";
import { installAlone } from "./install-alone.ts";
import { vendors } from "./limits.ts";
import type { Packed } from "./pack.ts";

/** The size of an installed package, and of a vendor's bundle. */
export interface Size extends Installed {
  readonly name: string;
  /** The gzipped size of a program that uses this vendor. */
  readonly gzip: number | undefined;
}

/** Installs a package on its own, and bundles it if it is a vendor's. */
export async function sizeOf(scratch: string, packed: readonly Packed[], name: string): Promise<Size> {
  const { project, ...installed } = await installAlone(scratch, packed, name);
  const factory = vendors[name];
  const gzip = factory === undefined ? undefined : (await bundleVendor(project, name, factory)).gzip;
  return { name, ...installed, gzip };
}
