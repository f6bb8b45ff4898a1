import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { withErrorContext } from "../../error-messages/with-error-context.ts";
import { chooseProfileName } from "../../login/choose-profile-name.ts";
import { loginProfile } from "../../login/login-profile.ts";
import type { ProfileOptions } from "../../login/profile-options.ts";
import { reportSignedIn } from "../../login/report-signed-in.ts";
import { resolveTarget } from "../../login/resolve-target.ts";
import { saveProfile } from "../../login/save-profile.ts";
import { readConfig } from "../../profiles/config.ts";
import { defaultUrl } from "../../profiles/urls.ts";
import { isVendor } from "../../profiles/vendors.ts";
import { adoptSession } from "./adopt-session.ts";
import { checkCookieVendor, readCookies } from "./read-cookies.ts";

/** The options of `vms import`, as the command line gives them. */
export interface ImportOptions extends Omit<ProfileOptions, "account" | "simulator"> {
  readonly json?: true;
}

/** Stores a session that was created elsewhere, from its cookies. */
export async function runImport(
  vendor: string,
  file: string,
  options: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  if (isVendor(vendor)) checkCookieVendor(vendor);
  const { system } = terminal;
  await interruptible(system, async (signal) => {
    const config = await readConfig(system);
    // Standard input is the file, so it cannot answer prompts.
    const context = { config, signal, terminal: file === "-" ? { ...terminal, interactive: false } : terminal };
    const target = await resolveTarget(vendor, options, context);
    checkCookieVendor(target.vendor);
    const profile = await loginProfile(target, options, undefined, context);
    // A profile without a URL is of a vendor that has a default.
    const url = profile.url ?? defaultUrl(profile.vendor) ?? "";
    const cookies = await readCookies(system, file, target.vendor, url);
    const name = await chooseProfileName(target.name, profile, options, context);
    const errorContext = { name, profile, system, unsaved: true };
    const info = await withErrorContext(errorContext, () =>
      adoptSession(system, name, profile, config, cookies, signal),
    );
    const before = config.profiles[name];
    await saveProfile(system, { name, profile, before, save: undefined, password: "" });
    const how = "Imported the session with";
    await reportSignedIn(terminal, options.json === true, { name, profile, ends: info, how, newSession: false });
  });
}
