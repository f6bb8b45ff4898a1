// Loaded by NODE_OPTIONS into a tested process of `vms`: a working keyring, stored in the file FAKE_KEYRING.
import { registerHooks } from "node:module";

const { href } = new URL("fake-keyring.ts", import.meta.url);
const fake = `
import { keyringIn } from "${href}";
export const { AsyncEntry } = keyringIn(process.env.FAKE_KEYRING);`;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== "@napi-rs/keyring") return next(specifier, context);
    return { url: `data:text/javascript,${encodeURIComponent(fake)}`, shortCircuit: true };
  },
});
