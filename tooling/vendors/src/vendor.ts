import type { Session, SessionOptions } from "@vms/core";
import type { VendorDescription } from "@vms/core/flow";
import type { VendorKey } from "@vms/simulator";

/** A vendor's description with a function that creates its sessions. */
export interface Vendor extends VendorDescription {
  /** Its name in camel case, which is also the name of its server in the simulator. */
  readonly key: VendorKey;
  /** The name of its factory, such as `createAltaSession`. */
  readonly factory: string;
  /** The prefix of the environment variables: `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_TOTP`. */
  readonly prefix: string;
  /** The environment variables of secret options, by option. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Creates a session. */
  create(options: SessionOptions & { readonly baseUrl?: string }): Session;
}

export function vendor(describe: VendorDescription, create: (options: never) => Session): Vendor {
  const prefix = `VMS_${describe.vendor.replaceAll("-", "_").toUpperCase()}`;
  const secrets = Object.entries(describe.options)
    .filter(([, { type }]) => type === "secret")
    .map(([name]) => [name, `${prefix}_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`]);
  return {
    ...describe,
    key: describe.vendor.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as VendorKey,
    factory: create.name,
    prefix,
    secrets: Object.fromEntries(secrets),
    // The package validates the options.
    create: (options) => create(options as never),
  };
}
