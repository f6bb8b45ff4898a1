import type { KeyringLibrary } from "./keyring-library.ts";
import type { KeyringReport, KeyringRequest } from "./keyring-messages.ts";

const SERVICE = "vms";

// By default the library uses the Linux kernel's keyring, which is lost on restart and is separate for each login
// session.
const ENTRY = { linux: { store: "secret-service" } } as const;

/** Serves one request to the keyring, and reports its progress. */
export async function serveKeyring(
  { AsyncEntry }: KeyringLibrary,
  request: KeyringRequest,
  report: (report: KeyringReport) => void,
): Promise<void> {
  report({ kind: "received" });
  try {
    // Without a keyring the constructor throws. If the session bus is silent, it does not return.
    const entry = new AsyncEntry(SERVICE, request.name, ENTRY);
    report({ kind: "opened" });
    const secret = await ask(entry, request);
    report({ kind: "done", ...(secret === undefined ? {} : { secret }) });
  } catch {
    report({ kind: "failed" });
  }
}

async function ask(
  entry: InstanceType<KeyringLibrary["AsyncEntry"]>,
  request: KeyringRequest,
): Promise<string | undefined> {
  if (request.kind === "get") return (await entry.getPassword()) ?? undefined;
  if (request.kind === "set") await entry.setPassword(request.secret);
  else await entry.deletePassword();
  return undefined;
}
