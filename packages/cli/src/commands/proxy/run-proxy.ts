import { once } from "node:events";
import type { Session } from "@vms/core";
import { createProxy, type SessionProxy } from "@vms/proxy";
import { isHostName, isLoopback, isWildcard, readBind } from "@vms/proxy/internal";
import { interruptible, interruptStatus, isInterrupt } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { CliError, usage } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import { vendors } from "../../profiles/vendors.ts";
import { type LogOptions, openAccessLog } from "./access-log.ts";
import { type ChosenProfiles, chooseProfiles, type ProfileChoice } from "./choose-profiles.ts";
import { describeFailure } from "./describe-failure.ts";
import { openServed, problemOf, type ServedProfile } from "./open-served.ts";
import { type ProxyAddress, proxyAddressJson, proxyInstructions } from "./proxy-instructions.ts";
import { proxyToken, type TokenOptions } from "./proxy-token.ts";
import { reportEvents, reporterOf } from "./report-events.ts";

export interface ProxyCommandOptions extends ProfileChoice, TokenOptions, LogOptions {
  readonly port?: number;
  readonly bind: string;
  readonly allowHost?: readonly string[];
  readonly json?: true;
}

/** How long responses in progress may take to finish after SIGTERM, in ms. Docker kills a container after 10 s. */
const GRACE = 5_000;

/** How long the sign-out of a session of the environment may take, in ms. */
const SIGN_OUT = 3_000;

/** Serves profiles until Ctrl-C or SIGTERM. */
export async function runProxy(
  names: readonly string[],
  options: ProxyCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const bind = checkBind(options);
  const { system } = terminal;
  const { allowHost: hosts = [] } = options;
  const bad = hosts.find((host) => !isHostName(host));
  if (bad !== undefined) {
    throw usage("--allow-host takes a host name without a scheme and a port.", "For example: --allow-host vms-proxy");
  }
  const source = await proxyToken(system, options);
  const chosen = await chooseProfiles(system, names, options);
  const profiles = await openServed(system, chosen);
  const log = await openAccessLog(terminal, options);
  const report = reporterOf(terminal, chosen.below !== "/");
  for (const { served, ...context } of profiles) {
    if ("error" in served) report(problemOf(served.error, context), context.name);
    else reportEvents(served.session, context, report);
  }
  const byName = new Map(profiles.map((one) => [one.name, one]));
  const sessions = profiles.flatMap(({ served, ...context }) =>
    "error" in served ? [] : [{ session: served.session, context }],
  );
  await interruptible(system, async (stop) => {
    const proxy = createProxy({
      ...served(profiles, chosen),
      hosts,
      describeError(error, name, response) {
        const context = byName.get(name);
        return context === undefined ? response : describeFailure(error, context, response);
      },
      onFailure: ({ text }, name) => report(text, name),
      accessLog: log.write,
      authorizationEndpoint: options.authorization === true,
      ...(source.from === "random" ? {} : { token: source.from === "file" ? source.value : false }),
    });
    try {
      const url = await listen(proxy, bind, options.port ?? 0);
      printWarnings(bind, options, terminal);
      const address: ProxyAddress = {
        url,
        profiles: profiles.map(({ name, profile: { username, vendor } }) => ({
          name,
          username,
          url: chosen.below === "/" ? url : `${url}/${name}`,
          firstCall: vendors[vendor].firstCall,
        })),
        below: chosen.below,
        source,
        token: proxy.token,
        hasBrowsers: isLoopback(bind),
      };
      await terminal.out(options.json ? proxyAddressJson(address) : proxyInstructions(address));
      // Signs in now, so that problems are reported before the first request. Later requests try again.
      for (const { session, context } of sessions) {
        session.login({ signal: stop }).catch((error: unknown) => {
          if (stop.aborted) return;
          report(`${problemOf(error, context)}\nThe next request tries again.`, context.name);
        });
      }
      if (!stop.aborted) await once(stop, "abort");
    } finally {
      await proxy.close({ grace: isTermination(stop.reason) ? GRACE : 0 });
      await closeSessions(
        sessions.map(({ session }) => session),
        chosen,
        stop,
      );
      if (stop.aborted) {
        terminal.say(chosen.from === "environment" ? "Stopped." : "Stopped. The sessions stay signed in.");
      }
      await log.close();
    }
  });
}

function served(profiles: readonly ServedProfile[], { below }: ChosenProfiles): Parameters<typeof createProxy>[0] {
  const [first] = profiles;
  if (below === "/" && first !== undefined && "session" in first.served) return { session: first.served };
  return { sessions: Object.fromEntries(profiles.map(({ name, served: one }) => [name, one])) };
}

function checkBind({ bind: given, token }: ProxyCommandOptions): string {
  const bind = readBind(given);
  if (bind === undefined) {
    throw usage("--bind takes an address of this machine, without a port.", "For example: --bind 127.0.0.1");
  }
  if (!token && !isLoopback(bind)) {
    throw usage(
      `--no-token with --bind ${bind} would give the session to everyone who can reach this machine.`,
      "Leave out one of the two options.",
    );
  }
  return bind;
}

/** Whether the run ends because of SIGTERM. Service managers send it, and expect requests in progress to finish. */
function isTermination(error: unknown): boolean {
  return isInterrupt(error) && interruptStatus(error) === EXIT.terminated;
}

/** Cancels logins in progress. Signs out sessions that are only in memory, because nobody else can use them. */
async function closeSessions(sessions: readonly Session[], { from }: ChosenProfiles, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.timeout(SIGN_OUT);
  const close = (session: Session) =>
    from === "environment" ? session.logout({ signal }) : session.close({ signal: stop });
  await Promise.all(sessions.map((session) => close(session).catch(() => {})));
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
