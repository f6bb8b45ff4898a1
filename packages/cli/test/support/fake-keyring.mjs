// Loaded by NODE_OPTIONS into the tested `vms`: a working keyring, stored in the file FAKE_KEYRING.
import { registerHooks } from "node:module";

const fake = `
import { readFileSync, renameSync, writeFileSync } from "node:fs";
const path = process.env.FAKE_KEYRING;
const read = () => JSON.parse(readFileSync(path, "utf8"));
const write = (all) => {
  const temporary = path + "." + process.pid;
  writeFileSync(temporary, JSON.stringify(all));
  renameSync(temporary, path);
};
export class AsyncEntry {
  constructor(service, name, options) {
    if (options?.linux?.store !== "secret-service") throw new Error("not the Secret Service");
    this.key = service + "/" + name;
  }
  async getPassword() { return read()[this.key] ?? null; }
  async setPassword(secret) { write({ ...read(), [this.key]: secret }); }
  async deletePassword() {
    const { [this.key]: gone, ...rest } = read();
    write(rest);
    return gone !== undefined;
  }
}`;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== "@napi-rs/keyring") return next(specifier, context);
    return { url: `data:text/javascript,${encodeURIComponent(fake)}`, shortCircuit: true };
  },
});
