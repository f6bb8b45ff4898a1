import type { Login } from "../contract/flow.ts";

const NUMBERS = ["expiresAt", "expiresIn", "expiresHint", "idleTimeout"] as const;

/**
 * Checks what a flow returned. A wrong field is a mistake in the flow, not a failure of the vendor.
 * @param method the flow's method, for the message.
 * @throws {TypeError} naming the field, never its value.
 */
export function checkLogin<L extends Partial<Login<unknown, unknown>>>(vendor: string, method: string, login: L): L {
  const wrong = (what: string): never => {
    throw new TypeError(`[@vms/${vendor}] the flow's \`${method}\` ${what}.`);
  };
  if (typeof login !== "object" || login === null) return wrong("must return an object with `data` and `user`");
  for (const name of NUMBERS) {
    const value: unknown = login[name];
    if (value !== undefined && typeof value !== "number") wrong(`returned a \`${name}\` that is not a number of ms`);
  }
  if (login.baseUrl !== undefined && !URL.canParse(String(login.baseUrl))) wrong("returned a `baseUrl` that is no URL");
  return login;
}

/** The same for a whole session: `data` and `user` are required. */
export function checkNewLogin<Data, User>(vendor: string, method: string, login: Login<Data, User>): Login<Data, User> {
  const checked = checkLogin(vendor, method, login);
  for (const name of ["data", "user"] as const) {
    if (checked[name] === undefined)
      throw new TypeError(`[@vms/${vendor}] the flow's \`${method}\` returned no \`${name}\`.`);
  }
  return checked;
}
