import type { Context } from "hono";
import type { Accounts } from "../accounts.ts";
import type { Clock } from "../clock.ts";
import type { OpenSession, Sessions } from "../sessions.ts";
import type { VendorEnv } from "../vendor-server.ts";
import { languageOf, type Message, say } from "./messages.ts";
import type { FindFaceAccount, FindFaceOptions } from "./options.ts";
import { allPermissions, type Device, userOf } from "./records.ts";
import { readToken } from "./requests.ts";

type Code = "BAD_PARAM" | "UNAUTHORIZED" | "PERMISSION_DENIED" | "LICENSE_ERROR" | "NOT_FOUND";
type ErrorStatus = 400 | 401 | 403 | 404;

/** The state and the responses that the routes share. */
export interface Installation {
  readonly options: FindFaceOptions;
  readonly clock: Clock;
  readonly accounts: Accounts<FindFaceAccount>;
  readonly sessions: Sessions<Device>;
  readonly blocked: Set<string>;
  refuse(c: Context<VendorEnv>, status: ErrorStatus, code: Code, message: Message, more?: object): Response;
  /** The response to an invalid license. */
  licenseRefusal(c: Context<VendorEnv>): Response | undefined;
  /** The session of the request's token, or the error response. */
  enter(c: Context<VendorEnv>, permission?: string): OpenSession<Device> | Response;
  user(username: string): object;
  userId(username: string): number;
  time(at: number): string;
}

export function createInstallation(
  options: FindFaceOptions,
  clock: Clock,
  accounts: Accounts<FindFaceAccount>,
  sessions: Sessions<Device>,
  blocked: Set<string>,
): Installation {
  const time = (at: number) => {
    const iso = new Date(at).toISOString();
    return options.timeFormat === "offset" ? `${iso.slice(0, -1)}000+00:00` : iso;
  };
  const userId = (username: string) => accounts.all().findIndex((account) => account.username === username) + 1;

  const refuse: Installation["refuse"] = (c, status, code, message, more = {}) => {
    const language = languageOf(c.req.header("accept-language"));
    c.header("Content-Language", language);
    return c.json({ traceback: "", code, desc: say(message, language), ...more }, status);
  };

  const licenseRefusal: Installation["licenseRefusal"] = (c) =>
    options.licenseError ? refuse(c, options.licenseError, "LICENSE_ERROR", "license") : undefined;

  const enter: Installation["enter"] = (c, permission) => {
    const header = c.req.header("authorization");
    if (header === undefined) return refuse(c, 401, "UNAUTHORIZED", "notProvided");
    const session = sessions.find(readToken(header));
    if (session === undefined || !session.data.active || session.data.blocked)
      return refuse(c, 401, "UNAUTHORIZED", "badToken");
    session.lastUsedAt = clock.now();
    const permissions = accounts.find(session.username)?.permissions ?? allPermissions;
    if (permission !== undefined && !permissions.includes(permission)) {
      return refuse(c, 403, "PERMISSION_DENIED", "noPermission", { missing_permissions: [permission] });
    }
    return licenseRefusal(c) ?? session;
  };

  const user = (username: string) => {
    const account = accounts.find(username);
    if (account === undefined) throw new Error(`[@vms/simulator] There is no account "${username}".`);
    return userOf(account, userId(username), time);
  };

  return { options, clock, accounts, sessions, blocked, refuse, licenseRefusal, enter, user, userId, time };
}
