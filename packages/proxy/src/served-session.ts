import type { Session } from "@vms/core";
import { sessionInterceptor } from "@vms/core/node";
import { Agent, type Dispatcher } from "undici";
import type { ProxiedSession, ProxySessions } from "./options.ts";
import { followUpstream, type UpstreamSource } from "./upstream/upstream.ts";

/** A session that the proxy serves. */
export interface ServedSession {
  /** Empty for the only session. */
  readonly name: string;
  /** The start of the paths of its requests: empty, or `/<name>`. */
  readonly mount: string;
  readonly session: Session;
  /** Sends requests with the session's credential. */
  readonly dispatcher: Dispatcher;
  readonly upstream: UpstreamSource;
  readonly plainBodies: boolean;
}

/** The sessions of the proxy's options. */
export function servedSessions({ session, sessions }: ProxySessions): readonly ServedSession[] {
  if (session !== undefined) return [serve("", "", session)];
  return Object.entries(sessions).map(([name, one]) => serve(name, `/${encodeURIComponent(name)}`, one));
}

function serve(name: string, mount: string, given: Session | ProxiedSession): ServedSession {
  const { session, dispatcher, plainBodies = false }: ProxiedSession = "session" in given ? given : { session: given };
  // Streams of events or video may be silent for any time. The caller decides when to leave.
  const sender = dispatcher ?? new Agent({ bodyTimeout: 0 });
  return {
    name,
    mount,
    session,
    dispatcher: sender.compose(sessionInterceptor(session)),
    upstream: followUpstream(session),
    plainBodies,
  };
}

/** Finds the session of a request. Returns it with the rest of the path. */
export function findSession(
  served: readonly ServedSession[],
  target: string,
): { readonly found: ServedSession; readonly rest: string } | undefined {
  for (const found of served) {
    const rest = target.slice(found.mount.length);
    if (!target.startsWith(found.mount)) continue;
    if (rest.startsWith("/")) return { found, rest };
    if (rest === "" || rest.startsWith("?")) return { found, rest: `/${rest}` };
  }
  return undefined;
}
