import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { toldFor } from "../../error-messages/with-error-context.ts";
import { settleName } from "../../login/choose-profile-name.ts";
import { tellSignedIn } from "../../login/report-signed-in.ts";
import { draftOf, targetOf } from "../../login/resolve-profile.ts";
import { keep } from "../../login/save-profile.ts";
import { readConfig } from "../../profiles/config.ts";
import { isVendor } from "../../profiles/vendors.ts";
import { takeUp } from "./adopt-session.ts";
import type { ImportOptions } from "./define-import.ts";
import { checkCookieVendor, readCookies } from "./read-cookies.ts";

/** Where an Eagle Eye session is signed in when no URL is named. */
const DEFAULT_URL = "https://login.eagleeyenetworks.com";

/** `vms import` */
export async function importCookies(
  vendor: string,
  file: string,
  options: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  if (isVendor(vendor)) checkCookieVendor(vendor);
  await interruptible(async (signal) => {
    const config = await readConfig();
    // Standard input is the file: it cannot answer questions.
    const desk = { config, signal, terminal: file === "-" ? { ...terminal, interactive: false } : terminal };
    const target = await targetOf(vendor, options, desk);
    checkCookieVendor(target.vendor);
    const profile = await draftOf(target, options, undefined, desk);
    const cookies = await readCookies(file, target.vendor, profile.url ?? DEFAULT_URL);
    const name = await settleName(target.name, profile, options, desk);
    const who = { name, profile, unsaved: true };
    const info = await toldFor(who, () => takeUp(name, profile, config, cookies, signal));
    const before = config.profiles[name];
    await keep({ name, profile, before, save: undefined, password: "" });
    const how = "Took up the session with";
    await tellSignedIn(terminal, options.json === true, { name, profile, ends: info, how, newSession: false });
  });
}
