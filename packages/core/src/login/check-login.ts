import type { Login } from "../contract/flow.ts";

const NUMBERS = ["expiresAt", "expiresIn", "expiresHint", "idleTimeout"] as const;

/**
 * Checks what a flow returned. A wrong field is a mistake in the flow, not a failure of the vendor.
 * @param method the flow's method, for the message. All but `extend` must return `data` and `user`.
 * @throws {TypeError} naming the field, never its value.
 */
export function checkLogin<L extends Partial<Login<unknown, unknown>>>(
  vendor: string,
  method: "login" | "resume" | "extend",
  login: L,
): L {
  const wrong = (what: string): never => {
    throw new TypeError(`[@vms/${vendor}] the flow's \`${method}\` ${what}.`);
  };
  if (typeof login !== "object" || login === null) return wrong("must return an object with `data` and `user`");
  for (const name of method === "extend" ? [] : (["data", "user"] as const)) {
    if (login[name] === undefined) wrong(`returned no \`${name}\``);
  }
  for (const name of NUMBERS) {
    const value: unknown = login[name];
    if (value !== undefined && typeof value !== "number") wrong(`returned a \`${name}\` that is not a number of ms`);
  }
  if (login.baseUrl !== undefined && !URL.canParse(String(login.baseUrl))) wrong("returned a `baseUrl` that is no URL");
  return login;
}
