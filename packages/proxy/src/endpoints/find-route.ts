import { findSession, type Served } from "../served-session.ts";

/** What a request is for. */
export type Route =
  | { readonly to: "ready" }
  | { readonly to: "metrics" }
  | { readonly to: "authorization"; readonly session: Served }
  | { readonly to: "session"; readonly session: Served; readonly rest: string }
  | { readonly to: "nothing" };

/** The endpoints that a proxy has. */
export interface EndpointOptions {
  readonly endpoints: boolean;
  readonly authorizationEndpoint: boolean;
}

/** Finds what a request is for, from its path and query. */
export function findRoute(served: readonly Served[], target: string, options: EndpointOptions): Route {
  if (options.endpoints) {
    if (isPath(target, "/ready")) return { to: "ready" };
    if (isPath(target, "/metrics")) return { to: "metrics" };
  }
  const route = findSession(served, target);
  if (route === undefined) return { to: "nothing" };
  const { found: session, rest } = route;
  if (options.authorizationEndpoint && isPath(rest, "/authorization")) return { to: "authorization", session };
  return { to: "session", session, rest };
}

function isPath(target: string, path: string): boolean {
  return target.startsWith(path) && (target.length === path.length || target[path.length] === "?");
}
