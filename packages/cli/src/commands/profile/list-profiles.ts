import { formatTable, tableWidth } from "../../command-line/table.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { readConfig } from "../../profiles/config.ts";
import { fullAccount, nameAndVendor } from "../../profiles/profile-cells.ts";
import { defaultProfile } from "../../profiles/resolve-profile.ts";
import { profileHost } from "../../profiles/urls.ts";
import { styled } from "../../system/colours.ts";

/** The options of `vms profile list`. */
export interface ListOptions {
  readonly json?: true;
}

/** Lists the profiles. */
export async function listProfiles({ json }: ListOptions, terminal: Terminal): Promise<void> {
  const { system } = terminal;
  const config = await readConfig(system);
  const chosen = defaultProfile(system, config);
  const rows = Object.entries(config.profiles).map(([name, profile]) => ({
    profile: name,
    vendor: profile.vendor,
    account: profile.username,
    subaccount: profile.options?.account ?? null,
    host: profileHost(profile),
    default: name === chosen?.name,
  }));
  if (json) return terminal.out(`${JSON.stringify(rows, undefined, 2)}\n`);
  if (rows.length === 0) return terminal.say("There are no profiles. Sign in: vms login <vendor>");
  const mark = chosen?.from === "VMS_PROFILE" ? "* (VMS_PROFILE)" : "*";
  const width = tableWidth(system.stdout);
  const isPiped = width === undefined;
  const head = ["PROFILE", ...(isPiped ? ["VENDOR"] : []), "ACCOUNT", "HOST", "DEFAULT"];
  await terminal.out(
    formatTable(
      head.map((heading) => styled("dim", heading, system.stdout, system.env)),
      Object.entries(config.profiles).map(([name, profile]) => [
        ...(isPiped ? [name, profile.vendor] : [nameAndVendor(name, profile)]),
        fullAccount(profile),
        profileHost(profile),
        name === chosen?.name ? mark : "",
      ]),
      isPiped ? undefined : { width, truncated: [1, 2], optional: [2] },
    ),
  );
}
