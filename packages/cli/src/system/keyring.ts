/** The operating system's keyring: Keychain, Credential Manager, or Secret Service. */
export interface Keyring {
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}
