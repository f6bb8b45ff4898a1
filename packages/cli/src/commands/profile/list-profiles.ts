import { formatTable } from "../../command-line/table.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { readConfig } from "../../profiles/config.ts";
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
  const head = ["PROFILE", "VENDOR", "ACCOUNT", "HOST", "DEFAULT"];
  const mark = chosen?.from === "VMS_PROFILE" ? "* (VMS_PROFILE)" : "*";
  await terminal.out(
    formatTable(
      head.map((heading) => styled("dim", heading, system.stdout, system.env)),
      rows.map((row) => [
        row.profile,
        row.vendor,
        typeof row.subaccount === "string" ? `${row.account} (${row.subaccount})` : row.account,
        row.host,
        row.default ? mark : "",
      ]),
    ),
  );
}
