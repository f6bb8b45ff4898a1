import { bundleVendor } from "./bundle.ts";
import type { Installed } from "./install.ts";
import { installAlone } from "./install-alone.ts";
import { vendors } from "./limits.ts";
import type { Packed } from "./pack.ts";

/** The size of a package on the disk, and of a vendor in a browser. */
export interface Size extends Installed {
  readonly name: string;
  /** Of the bundle of a program that uses this vendor. */
  readonly gzip: number | undefined;
}

/** Installs one package alone, and bundles it if it is a vendor's. */
export async function sizeOf(scratch: string, packed: readonly Packed[], name: string): Promise<Size> {
  const { project, ...installed } = await installAlone(scratch, packed, name);
  const factory = vendors[name];
  const gzip = factory === undefined ? undefined : (await bundleVendor(project, name, factory)).gzip;
  return { name, ...installed, gzip };
}
