import { checkCredentials, checkPassword, type GivenCredentials } from "../contract/credentials.ts";
import { VendorUnavailable } from "../errors/vendor-unavailable.ts";
import { within } from "../util/wait.ts";
import type { SessionSetup } from "./session-setup.ts";

export async function askCredentials<Data, User>(parts: SessionSetup<Data, User>): Promise<GivenCredentials> {
  const { flow, settings } = parts;
  const source = settings.credentials;
  if (typeof source !== "function") return source;
  return checkCredentials(flow.vendor, await soon(parts, "credentials", source), flow.passwordless);
}

export async function askPassword<Data, User>(
  parts: SessionSetup<Data, User>,
  { password }: GivenCredentials,
): Promise<string> {
  if (typeof password === "string") return password;
  const { vendor, passwordless } = parts.flow;
  return checkPassword(vendor, await soon(parts, "password", password), passwordless);
}

function soon<Data, User, T>(
  { flow, settings, clock }: SessionSetup<Data, User>,
  name: string,
  source: () => T | Promise<T>,
): Promise<T> {
  const { timeout } = settings;
  const asked = (async () => source())();
  return within(clock, timeout, asked, () => {
    const what = `the function \`${name}\` gave nothing in ${timeout} ms (\`timeout\`). Check where it reads it.`;
    return new VendorUnavailable(flow.vendor, what);
  });
}
