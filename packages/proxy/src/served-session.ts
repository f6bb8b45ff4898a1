import type { Session } from "@vms/core";
import { sessionInterceptor } from "@vms/core/node";
import { Agent, type Dispatcher } from "undici";
import { invalid } from "./invalid.ts";
import type { FailedSession, ProxiedSession, ProxySessions } from "./options.ts";
import { resendAfterReset } from "./upstream/resend-after-reset.ts";
import { followUpstream, type UpstreamSource } from "./upstream/upstream.ts";

/** What the proxy serves at a path: a session, or the error of one that could not be created. */
export type Served = ServedSession | (ServedPlace & { readonly error: unknown });

interface ServedPlace {
  readonly name: string;
  /** The start of the paths of its requests: empty for the only session, else `/<name>`. */
  readonly mount: string;
}

/** A session that the proxy serves. */
export interface ServedSession extends ServedPlace {
  readonly session: Session;
  /** Sends requests with the session's credential. */
  readonly dispatcher: Dispatcher;
  readonly upstream: UpstreamSource;
  readonly plainBodies: boolean;
}

/**
 * The sessions of the proxy's options.
 * @throws {InvalidOptions} `invalid_options` if one is not a session of `@vms/core`.
 */
export function servedSessions({ session, sessions }: ProxySessions): readonly Served[] {
  if (session !== undefined) return [serve({ name: nameOf(session), mount: "" }, session, "session")];
  return Object.entries(sessions).map(([name, one]) =>
    "error" in Object(one)
      ? { name, mount: mountOf(name), error: (one as FailedSession).error }
      : serve({ name, mount: mountOf(name) }, one as Session | ProxiedSession, `sessions.${name}`),
  );
}

function nameOf(given: Session | ProxiedSession): string {
  const { name, session }: Partial<ProxiedSession> = "session" in Object(given) ? (given as ProxiedSession) : {};
  return name ?? session?.vendor ?? (Object(given) as Partial<Session>).vendor ?? "";
}

/** Escapes a name as browsers leave it in a path. */
function mountOf(name: string): string {
  return `/${encodeURIComponent(name).replace(/%(?:40|3A|24|26|2B|2C|3B|3D)/g, decodeURIComponent)}`;
}

function serve(place: ServedPlace, given: Session | ProxiedSession, option: string): ServedSession {
  const {
    session,
    dispatcher,
    plainBodies = false,
  }: ProxiedSession = "session" in Object(given) ? (given as ProxiedSession) : { session: given as Session };
  const interceptor = interceptorOf(session, option);
  // Streams of events or video may be silent for any time. The caller decides when to leave.
  const sender = dispatcher ?? new Agent({ bodyTimeout: 0 });
  return {
    ...place,
    session,
    dispatcher: sender.compose(resendAfterReset, interceptor),
    upstream: followUpstream(session),
    plainBodies,
  };
}

function interceptorOf(session: Session, option: string): ReturnType<typeof sessionInterceptor> {
  try {
    return sessionInterceptor(session);
  } catch {
    throw invalid(`\`${option}\` is not a session. Pass what createAltaSession or another factory of @vms returned.`);
  }
}

/** Finds the session of a request. Returns it with the rest of the path. */
export function findSession(
  served: readonly Served[],
  target: string,
): { readonly found: Served; readonly rest: string } | undefined {
  const [only] = served;
  if (only?.mount === "") return { found: only, rest: target };
  const [, segment = "", rest = ""] = /^\/([^/?]*)(.*)$/s.exec(target) ?? [];
  const name = decoded(segment);
  const found = served.find((one) => one.name === name);
  return found && { found, rest: rest.startsWith("/") ? rest : `/${rest}` };
}

// Callers escape names in different ways.
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
