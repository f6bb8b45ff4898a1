import type { Profile } from "../../config.ts";
import type { Terminal } from "../../terminal.ts";
import { vendors } from "../../vendors.ts";
import { instantOf, lengthOf } from "../../when.ts";
import { accountOf } from "./conflict.ts";

/** When a session ends, as far as that is known. */
export interface Ends {
  readonly expiresAt?: number;
  readonly idleTimeout?: number;
}

/** Says that a profile is signed in, and until when. */
export function saySignedIn(terminal: Terminal, how: string, name: string, profile: Profile, ends: Ends): void {
  const { title, firstCall } = vendors[profile.vendor];
  terminal.say(terminal.style("green", `${how} ${title} as ${accountOf(profile)}, ${untilWhen(ends)}.`));
  const call = firstCall.includes("?") ? `'${firstCall}'` : firstCall;
  terminal.say(terminal.style("dim", `Profile: ${name}. To call the API: vms api ${name} ${call}`));
}

function untilWhen({ expiresAt, idleTimeout }: Ends): string {
  const idle = idleTimeout === undefined ? undefined : `until it is not used for ${lengthOf(idleTimeout)}`;
  if (expiresAt === undefined) {
    return idle ?? "until the vendor ends it (it does not say when)";
  }
  const end = `until ${instantOf(expiresAt)} (${lengthOf(expiresAt - Date.now())})`;
  return idle === undefined ? end : `${end}, or ${idle}`;
}
