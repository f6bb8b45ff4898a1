/** What `vms` sends to the keyring's process. */
export type KeyringRequest =
  | { readonly kind: "get" | "delete"; readonly name: string }
  | { readonly kind: "set"; readonly name: string; readonly secret: string };

/** What the keyring's process reports of a request. A failure has no text, because the library was given a secret. */
export type KeyringReport =
  /** The process runs, and asks the system for its keyring. */
  | { readonly kind: "received" }
  /** The system has a keyring. It may ask a person to unlock it. */
  | { readonly kind: "opened" }
  | { readonly kind: "done"; readonly secret?: string }
  | { readonly kind: "failed" };
