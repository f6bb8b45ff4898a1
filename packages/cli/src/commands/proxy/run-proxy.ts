import { once } from "node:events";
import type { Session } from "@vms/core";
import { createProxy, type SessionProxy } from "@vms/proxy";
import { isLoopback, isWildcard, readBind } from "@vms/proxy/internal";
import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { describeError } from "../../error-messages/describe-error.ts";
import type { ErrorContext } from "../../error-messages/error-context.ts";
import { CliError, usage } from "../../errors/cli-error.ts";
import { vendors } from "../../profiles/vendors.ts";
import { openProfile } from "../../sessions/open-profile.ts";
import { describeFailure, diagnosis } from "./describe-failure.ts";
import { openDispatcher } from "./dispatcher.ts";
import { proxyAddressJson, proxyInstructions } from "./proxy-instructions.ts";

export interface ProxyCommandOptions {
  readonly port?: number;
  readonly bind: string;
  readonly token: boolean;
  readonly json?: boolean;
}

/** Serves a profile until Ctrl-C. */
export async function runProxy(
  given: string | undefined,
  options: ProxyCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const bind = readBind(options.bind);
  if (bind === undefined) {
    throw usage("--bind takes an address of this machine, without a port.", "For example: --bind 127.0.0.1");
  }
  if (!options.token && !isLoopback(bind)) {
    throw usage(
      `--no-token with --bind ${bind} would give the session to everyone who can reach this machine.`,
      "Leave out one of the two options.",
    );
  }
  const { system } = terminal;
  const { name, profile, session } = await openProfile(system, given);
  const report = withoutRepeats(terminal);
  const context = { name, profile, system };
  const { firstCall, readsBodies = false } = vendors[profile.vendor];
  reportEvents(session, context, report);
  await interruptible(system, async (stop) => {
    const proxy = createProxy({
      session: { session, dispatcher: await openDispatcher(system, profile), plainBodies: readsBodies },
      describeError: (error, _name, response) => describeFailure(error, context, response),
      onFailure: ({ text }) => report(text),
      ...(options.token ? {} : { token: false }),
    });
    try {
      const url = await listen(proxy, bind, options.port ?? 0);
      printWarnings(bind, options, terminal);
      await terminal.out(
        options.json
          ? proxyAddressJson(url, proxy.token)
          : proxyInstructions(name, profile.username, url, proxy.token, firstCall, isLoopback(bind)),
      );
      // Signs in now, so that problems are reported before the first request. Later requests try again.
      session.login({ signal: stop }).catch((error: unknown) => {
        if (stop.aborted) return;
        const { message, hint } = describeError(error, context);
        report([message, hint ?? diagnosis(context), "The next request tries again."].join("\n"));
      });
      if (!stop.aborted) await once(stop, "abort");
    } finally {
      await proxy.close();
      // Cancels a login in progress.
      await session.close({ signal: stop }).catch(() => {});
    }
  });
}

function printWarnings(bind: string, { token }: ProxyCommandOptions, terminal: Terminal): void {
  const say = (text: string) => terminal.say(`${terminal.style("yellow", "warning:")} ${text}`);
  if (!isLoopback(bind)) {
    say(`--bind ${bind}: this is plain HTTP. Others on the network can read the token and all traffic.`);
    terminal.say(
      "Browsers are not served: over plain HTTP they do not say which page sends a request, so any page could.",
    );
    if (isWildcard(bind)) terminal.say("Other machines use this machine's IP address instead of 127.0.0.1.");
  }
  if (!token) say("--no-token: every program on this machine, of any user, can use the session.");
}

async function listen(proxy: SessionProxy, bind: string, port: number): Promise<string> {
  return proxy.listen({ host: bind, port }).catch((error: NodeJS.ErrnoException): never => {
    if (error.code === "EADDRINUSE") {
      throw usage(`port ${port} is in use by another program.`, "Choose another --port, or leave it out.");
    }
    if (error.code === "EACCES")
      throw usage(`port ${port} is not allowed for this user.`, "Choose a --port above 1023.");
    if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
      throw usage(`this machine has no address ${bind}.`, "Leave out --bind, or give one of this machine's addresses.");
    }
    throw error instanceof CliError ? error : usage(`cannot listen on ${bind} (${error.code ?? "unknown"}).`);
  });
}

/** Drops repeated lines, because a page with a hundred pictures would fill the screen. */
function withoutRepeats(terminal: Terminal): (text: string) => void {
  let last: string | undefined;
  return (text) => {
    if (text === last) return;
    last = text;
    terminal.say(`${terminal.style("dim", new Date().toTimeString().slice(0, 8))} ${text.replaceAll("\n", " ")}`);
  };
}

function reportEvents(session: Session, context: ErrorContext, report: (text: string) => void): void {
  session.on("login", ({ info, from }) =>
    report(from === "store" ? `already signed in as ${info.account}.` : `signed in as ${info.account}.`),
  );
  session.on("rejected", ({ status }) => report(`the vendor ended the session (${status}): signing in again.`));
  session.on("expired", () => report("the session has ended: the next request signs in again."));
  session.on("renewal_failed", ({ error }) =>
    report(`the session could not be renewed yet: ${describeError(error, context).message}`),
  );
  session.on("store_failed", ({ error }) => report(describeError(error, context).message));
}
