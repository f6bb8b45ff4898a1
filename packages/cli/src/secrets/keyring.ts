import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { System } from "../system/system.ts";

/** The operating system's keyring: Keychain, Credential Manager, or Secret Service. */
export interface Keyring {
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}

const SERVICE = "vms";

/** Timeout of the keyring, in ms. It may be asking to be unlocked on a screen that nobody sees. */
const TIMEOUT = 60_000;

// By default the library uses the Linux kernel's keyring, which is lost on restart and is separate for each login
// session.
const ENTRY = { linux: { store: "secret-service" } } as const;

/** Opens the keyring. Whether it works is known only when it is used. */
export async function openKeyring(system: Pick<System, "loadKeyring">): Promise<Keyring> {
  const { AsyncEntry } = await system.loadKeyring().catch((): never => {
    throw keyringUnavailable();
  });
  type Entry = InstanceType<typeof AsyncEntry>;
  const attempt = async <T>(name: string, run: (entry: Entry) => Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    try {
      // Without a keyring the constructor throws. A timeout that nobody waits for would end a program that runs longer.
      const asked = run(new AsyncEntry(SERVICE, name, ENTRY));
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(keyringUnavailable()), TIMEOUT).unref();
      });
      return await Promise.race([asked, late]);
    } catch {
      // The library's own message is dropped, because the library was given a secret.
      throw keyringUnavailable();
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    get: (name) => attempt(name, async (entry) => (await entry.getPassword()) ?? undefined),
    set: (name, secret) => attempt(name, (entry) => entry.setPassword(secret)),
    delete: (name) => attempt(name, async (entry) => void (await entry.deletePassword())),
  };
}

/**
 * Makes sure that the keyring stores a secret and returns it.
 * @throws {CliError} if it does not.
 */
export async function requireKeyring(system: System): Promise<void> {
  const keyring = await openKeyring(system);
  const name = "check";
  await keyring.set(name, "1");
  const found = await keyring.get(name);
  await keyring.delete(name);
  if (found !== "1") throw keyringUnavailable();
}

function keyringUnavailable(): CliError {
  return new CliError(
    EXIT.failed,
    "no keyring works on this system: none is installed, it is locked, or nobody is signed in to a desktop.",
    "Unlock it. Or use a file of mode 0600, readable by anyone who can read your disk: --insecure-storage",
  );
}
