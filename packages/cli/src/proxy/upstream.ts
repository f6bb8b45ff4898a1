import type { Session } from "@vms/core";

/** Where requests go. */
export interface Upstream {
  /** The vendor's origin. */
  readonly origin: string;
  /** The path of the base URL, without a slash at its end. */
  readonly path: string;
  /** Parameters of a query that hold the credential: they are the session's own, and not shown. */
  readonly secretNames: readonly string[];
}

/** Knows where a session's requests go. */
export interface UpstreamSource {
  /** What is known without waiting. */
  known(): Upstream | undefined;
  /** Signs in if need be: some vendors say only then where calls go. */
  find(signal: AbortSignal): Promise<Upstream>;
}

/** Follows a session's base URL. */
export function followUpstream(session: Session): UpstreamSource {
  let base: string | undefined;
  let secretNames: readonly string[] | undefined;
  let known: Upstream | undefined;
  const moved = ({ info }: { readonly info: { readonly baseUrl: string } }) => {
    if (info.baseUrl === base) return;
    base = info.baseUrl;
    known = secretNames && upstreamOf(base, secretNames);
  };
  session.on("login", moved);
  session.on("renewed", moved);

  return {
    known: () => known,
    async find(signal) {
      const { baseUrl } = await session.login({ signal });
      // They depend on the profile, and stay the same.
      secretNames ??= Object.keys((await session.authorization({ signal })).searchParams);
      base = baseUrl;
      known = upstreamOf(baseUrl, secretNames);
      return known;
    },
  };
}

function upstreamOf(baseUrl: string, secretNames: readonly string[]): Upstream {
  const { origin, pathname } = new URL(baseUrl);
  return { origin, path: pathname.replace(/\/+$/, ""), secretNames };
}
