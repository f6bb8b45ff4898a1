import { once } from "node:events";
import type { Session } from "@vms/core";
import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { failureOf, type Who } from "../../error-messages/describe-error.ts";
import { CliError, usage } from "../../errors/cli-error.ts";
import { vendors } from "../../profiles/vendors.ts";
import { isLoopback, isWildcard, readBind } from "../../proxy/bind-address.ts";
import { type CallerToken, makeToken } from "../../proxy/caller-token.ts";
import { openDispatcher } from "../../proxy/dispatcher.ts";
import { type ProxyOptions, type RunningProxy, startProxy } from "../../proxy/proxy-server.ts";
import { openProfile } from "../../sessions/open-session.ts";

export interface ProxyCommandOptions {
  readonly port?: number;
  readonly bind: string;
  readonly token: boolean;
  readonly json?: boolean;
}

/** These say inside a body that the session is gone. */
const JUDGED_BY_BODY = ["alertsite", "findface"];

/** Serves a profile until it is stopped. */
export async function proxy(name: string, options: ProxyCommandOptions, terminal: Terminal): Promise<void> {
  const bind = readBind(options.bind);
  if (bind === undefined) {
    throw usage("--bind takes an address of this machine, without a port.", "For example: --bind 127.0.0.1");
  }
  if (!options.token && !isLoopback(bind)) {
    throw usage(
      `--no-token with --bind ${bind} would give the session to everybody who reaches this machine.`,
      "Leave out one of the two.",
    );
  }
  const { profile, session } = await openProfile(name);
  const token = options.token ? makeToken() : undefined;
  const tell = teller(terminal);
  const who = { name, profile };
  watch(session, who, tell);
  await interruptible(async (stop) => {
    const running = await start({
      session,
      dispatcher: await openDispatcher(profile, session),
      who,
      token,
      bind,
      port: options.port ?? 0,
      plainBodies: JUDGED_BY_BODY.includes(profile.vendor),
      failed: tell,
    });
    try {
      warn(bind, options, terminal);
      const { firstCall } = vendors[profile.vendor];
      await terminal.out(
        options.json
          ? json(running, token)
          : lines(name, profile.username, running, token, firstCall, isLoopback(bind)),
      );
      // What is wrong is said now, and not at the first request; what serves later may serve all the same.
      session.login({ signal: stop }).catch((error: unknown) => {
        if (stop.aborted) return;
        const { message, hint } = failureOf(error, who);
        tell([message, hint ?? `To see what is wrong: vms doctor ${name}`, "Requests try again."].join("\n"));
      });
      if (!stop.aborted) await once(stop, "abort");
    } finally {
      await running.close();
    }
  });
}

function warn(bind: string, { token }: ProxyCommandOptions, terminal: Terminal): void {
  const say = (text: string) => terminal.say(`${terminal.style("yellow", "warning:")} ${text}`);
  if (!isLoopback(bind)) {
    say(`--bind ${bind}: this is plain HTTP. Whoever is on the way reads the token and all that goes through.`);
    terminal.say(
      "Browsers are not served: over plain HTTP they do not say whose page asks, and any page at this address could.",
    );
    if (isWildcard(bind)) terminal.say("Other machines write this machine's IP address in place of 127.0.0.1.");
  }
  if (!token) say("--no-token: every program on this machine, of any user, can use the session.");
}

async function start(options: ProxyOptions): Promise<RunningProxy> {
  const { port, bind } = options;
  return startProxy(options).catch((error: NodeJS.ErrnoException): never => {
    if (error.code === "EADDRINUSE") {
      throw usage(`port ${port} is taken by another program.`, "Choose another --port, or leave it out.");
    }
    if (error.code === "EACCES") throw usage(`port ${port} is not open to this user.`, "Choose a --port above 1023.");
    if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
      throw usage(`this machine has no address ${bind}.`, "Leave out --bind, or give one of this machine's addresses.");
    }
    throw error instanceof CliError ? error : usage(`it cannot listen on ${bind} (${error.code ?? "unknown"}).`);
  });
}

function json({ url }: RunningProxy, token: CallerToken | undefined): string {
  return `${JSON.stringify({ url, ...(token === undefined ? {} : { token: token.value }) })}\n`;
}

function lines(
  name: string,
  username: string,
  { url }: RunningProxy,
  token: CallerToken | undefined,
  firstCall: string,
  hasBrowsers: boolean,
): string {
  const call = `${url}/${firstCall}`;
  const value = token?.value;
  const { host } = new URL(url);
  const rows =
    value === undefined
      ? [
          ["base URL", url],
          ["curl", `curl '${call}'`],
        ]
      : [
          ["base URL", url],
          ["header", `Authorization: Bearer ${value}`],
          ["curl", `curl -H 'Authorization: Bearer ${value}' '${call}'`],
          ...(hasBrowsers ? [["browser", `${url}/?vms_token=${value}`]] : []),
          ["VLC", `http://vms:${value}@${host}/`],
        ];
  const table = rows.map(([label = "", text]) => `  ${label.padEnd(9)} ${text}`);
  const note = value === undefined ? [] : ["", ...NOTE];
  return [`${name} (${username}) is served until Ctrl-C:`, "", ...table, ...note, "", ""].join("\n");
}

const NOTE = [
  "A command with the token in it stays in the shell's history, and others on this machine can read it while it runs.",
  "To avoid both: put the header into a file that you alone can read, and call curl -H @file.",
];

/** Says the same thing once in a row: a page with a hundred pictures must not fill the screen. */
function teller(terminal: Terminal): (text: string) => void {
  let last: string | undefined;
  return (text) => {
    if (text === last) return;
    last = text;
    terminal.say(`${terminal.style("dim", new Date().toTimeString().slice(0, 8))} ${text.replaceAll("\n", " ")}`);
  };
}

function watch(session: Session, who: Who, tell: (text: string) => void): void {
  session.on("login", ({ info, from }) =>
    tell(from === "store" ? `signed in already as ${info.account}.` : `signed in as ${info.account}.`),
  );
  session.on("rejected", ({ status }) => tell(`the vendor ended the session (${status}): signing in again.`));
  session.on("expired", () => tell("the session has ended: the next request signs in again."));
  session.on("renewal_failed", ({ error }) =>
    tell(`the session could not be renewed yet: ${failureOf(error, who).message}`),
  );
  session.on("store_failed", ({ error }) => tell(failureOf(error, who).message));
}
