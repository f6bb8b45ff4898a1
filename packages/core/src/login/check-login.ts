import type { Flow, Login } from "../contract/flow/flow.ts";
import type { Settings } from "../contract/settings.ts";
import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { matchesOrigin } from "../net/origin-pattern.ts";

const NUMBERS = ["expiresAt", "expiresIn", "expiresHint", "idleTimeout", "extendableUntil", "extendableFor"] as const;

interface CheckedSetup {
  readonly flow: Pick<Flow<never, never>, "vendor" | "baseUrl" | "allowedOrigins">;
  readonly settings: Pick<Settings, "allowedOrigins">;
}

/**
 * @param method all except `extend` must return `data` and `user`.
 * @throws {UnexpectedResponse} `unexpected_response` naming the field, never its value.
 */
export function checkLogin<L extends Partial<Login<unknown, unknown>>>(
  { flow, settings }: CheckedSetup,
  method: "login" | "resume" | "extend",
  login: L,
): L {
  const wrong = (what: string): never => {
    throw new UnexpectedResponse(flow.vendor, `the flow's \`${method}\` ${what}.`);
  };
  if (typeof login !== "object" || login === null) return wrong("must return an object with `data` and `user`");
  for (const name of method === "extend" ? [] : (["data", "user"] as const)) {
    if (login[name] === undefined) wrong(`returned no \`${name}\``);
  }
  for (const name of NUMBERS) {
    const value: unknown = login[name];
    if (value !== undefined && (typeof value !== "number" || Number.isNaN(value)))
      wrong(`returned a \`${name}\` that is not a number of ms`);
  }
  if (login.baseUrl === undefined) return login;
  const url = URL.parse(String(login.baseUrl));
  if (url === null) return wrong("returned a `baseUrl` that is not a URL");
  // A vendor must not redirect the credential to an origin that neither the flow nor the user knows.
  const known = [flow.baseUrl.origin, ...(flow.allowedOrigins ?? []), ...settings.allowedOrigins];
  if (!matchesOrigin(url.origin, known))
    wrong("returned a `baseUrl` that is neither on the flow's origin nor in `allowedOrigins`");
  return login;
}
