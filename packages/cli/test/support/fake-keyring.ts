import { EventEmitter } from "node:events";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import process from "node:process";
import type { KeyringLibrary } from "../../src/system/keyring-library.ts";
import { serveKeyring } from "../../src/system/serve-keyring.ts";
import type { KeyringProcess } from "../../src/system/start-keyring.ts";

/** A working keyring, stored in a file. */
export function keyringIn(path: string): KeyringLibrary {
  const read = () => JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  const write = (all: Record<string, string>) => {
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(all));
    renameSync(temporary, path);
  };
  return {
    AsyncEntry: class {
      readonly #key: string;
      constructor(service: string, name: string, options: { readonly linux: { readonly store: string } }) {
        if (options.linux.store !== "secret-service") throw new Error("not the Secret Service");
        this.#key = `${service}/${name}`;
      }
      async getPassword() {
        return read()[this.#key] ?? null;
      }
      async setPassword(secret: string) {
        write({ ...read(), [this.#key]: secret });
      }
      async deletePassword() {
        const { [this.#key]: gone, ...rest } = read();
        write(rest);
        return gone !== undefined;
      }
    },
  };
}

/** A keyring's process that runs in this one, with a library in place of the system's. */
export function fakeKeyringProcess(library: KeyringLibrary): KeyringProcess {
  const events = new EventEmitter();
  return {
    send: (request) => void serveKeyring(library, request, (report) => events.emit("message", report)),
    on: (event: string, listener: (...reports: never[]) => void) => events.on(event, listener as () => void),
    off: (event, listener) => events.off(event, listener),
    end: () => void events.removeAllListeners(),
  };
}

/** The keyring of a system that has none. */
export const noKeyring: KeyringLibrary = {
  AsyncEntry: class {
    getPassword = absent;
    setPassword = absent;
    deletePassword = absent;
  },
};

function absent(): Promise<never> {
  return Promise.reject(new Error("there is no session bus"));
}
