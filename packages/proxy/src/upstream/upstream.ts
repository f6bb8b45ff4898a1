import type { Session } from "@vms/core";

/** Where requests go. */
export interface Upstream {
  /** The vendor's origin. */
  readonly origin: string;
  /** The path of the base URL, without a trailing slash. */
  readonly path: string;
  /** Query parameters that contain the credential. They are never shown to clients. */
  readonly secretNames: readonly string[];
}

/** Knows where a session's requests go. */
export interface UpstreamSource {
  /** The upstream, if it is known already. */
  known(): Upstream | undefined;
  /** Signs in if necessary, because some vendors reveal the API's URL only then. */
  find(signal: AbortSignal): Promise<Upstream>;
  /** Removes its listeners from the session. */
  close(): void;
}

/** Follows changes of a session's base URL. */
export function followUpstream(session: Session): UpstreamSource {
  let base: string | undefined;
  let secretNames: readonly string[] | undefined;
  let known: Upstream | undefined;
  const moved = ({ info }: { readonly info: { readonly baseUrl: string } }) => {
    if (info.baseUrl === base) return;
    base = info.baseUrl;
    known = secretNames && upstreamOf(base, secretNames);
  };
  const listeners = [session.on("login", moved), session.on("renewed", moved)];

  return {
    known: () => known,
    async find(signal) {
      const { baseUrl } = await session.login({ signal });
      // The names depend on the profile, so they never change.
      secretNames ??= Object.keys((await session.authorization({ signal })).searchParams);
      base = baseUrl;
      known = upstreamOf(baseUrl, secretNames);
      return known;
    },
    close() {
      for (const remove of listeners) remove();
    },
  };
}

function upstreamOf(baseUrl: string, secretNames: readonly string[]): Upstream {
  const { origin, pathname } = new URL(baseUrl);
  return { origin, path: pathname.replace(/\/+$/, ""), secretNames };
}
