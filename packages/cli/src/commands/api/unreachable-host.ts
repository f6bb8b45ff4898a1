import { CliError } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import type { Profile } from "../../profiles/profile.ts";
import { profileHost } from "../../profiles/urls.ts";
import type { Transport } from "../../sessions/transport.ts";

/** A transport that records the host it last failed to reach. */
export function recordUnreachableHost(inner: Transport): {
  readonly transport: Transport;
  readonly unreached: () => string | undefined;
} {
  let host: string | undefined;
  return {
    transport: (options) => {
      const send = inner(options);
      return async (input, init) => {
        try {
          const response = await send(input, init);
          host = undefined;
          return response;
        } catch (error) {
          host = new URL(input instanceof Request ? input.url : input).host;
          throw error;
        }
      };
    },
    unreached: () => host,
  };
}

/** Names the unreachable host if it is not the profile's, for example after a redirect. */
export function nameUnreachableHost(error: unknown, host: string | undefined, profile: Profile): unknown {
  if (host === undefined || host === profileHost(profile) || !(error instanceof TypeError)) return error;
  const code = error.cause instanceof Error && "code" in error.cause ? ` (${String(error.cause.code)})` : "";
  if (code.includes("HPE_")) return error;
  return new CliError(
    EXIT.unavailable,
    `the host ${host} could not be reached${code}.`,
    "The vendor's answer led there, and not the profile's URL.",
    error,
  );
}
