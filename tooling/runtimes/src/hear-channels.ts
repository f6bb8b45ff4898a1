import { channel, tracingChannel } from "node:diagnostics_channel";
import { createAltaSession } from "@vms/alta";
import { createAltaServer } from "@vms/simulator";

/**
 * Expects a login, a background renewal and a resent call on the diagnostics channels.
 * @throws if one of them is missing.
 */
export async function hearChannels(): Promise<void> {
  const heard: string[] = [];
  for (const name of ["vms:login", "vms:renewal"]) {
    const hear = (step: string) => () => void heard.push(`${name} ${step}`);
    tracingChannel(name).subscribe({
      start: hear("start"),
      end: () => {},
      asyncStart: () => {},
      asyncEnd: hear("asyncEnd"),
      error: hear("error"),
    });
  }
  channel("vms:resend").subscribe(() => void heard.push("vms:resend"));

  const server = createAltaServer();
  let now = Date.now();
  const { baseUrl, account, fetch, firstCall } = server;
  const session = createAltaSession({
    baseUrl,
    credentials: account,
    fetch,
    lifetime: 100_000,
    renewBefore: 20_000,
    now: () => now,
  });
  await session.fetch(firstCall);
  server.revokeAll();
  await session.fetch(firstCall);
  const renewed = new Promise((resolve) => session.on("renewed", resolve));
  now += 90_000;
  await session.fetch(firstCall);
  await renewed;
  // The channel reports the end of the renewal one step after the event.
  await new Promise((resolve) => setTimeout(resolve));

  const login = ["vms:login start", "vms:login asyncEnd"];
  const expected = [...login, "vms:resend", ...login, "vms:renewal start", ...login, "vms:renewal asyncEnd"];
  if (heard.join() !== expected.join()) throw new Error(`received only ${heard.join(", ")}`);
}
