/** One secret in the system's keyring. */
interface KeyringEntry {
  getPassword(): Promise<string | null | undefined>;
  setPassword(secret: string): Promise<void>;
  deletePassword(): Promise<unknown>;
}

/** What `vms` uses of the library `@napi-rs/keyring`. */
export interface KeyringLibrary {
  readonly AsyncEntry: new (
    service: string,
    name: string,
    options: { readonly linux: { readonly store: "secret-service" } },
  ) => KeyringEntry;
}
