import type { Context, Hono } from "hono";
import { randomHex } from "../random.ts";
import { readJson, readMultipart } from "../request-body.ts";
import type { OpenSession } from "../sessions.ts";
import type { VendorEnv } from "../vendor-server.ts";
import type { Installation } from "./installation.ts";
import type { FindFaceAccount } from "./options.ts";
import type { Device } from "./records.ts";
import { type LoginFields, readBasic, readLogin, readVideo, readVideoLogin } from "./requests.ts";

/** The routes for logins by password, face or both, for extensions and for the logout. */
export function loginRoutes(app: Hono<VendorEnv>, installation: Installation): void {
  const { accounts, sessions, blocked, options, refuse } = installation;
  const { mode = "password" } = options;
  let numbered = 0;

  const issue = (account: FindFaceAccount, fields: LoginFields, active: boolean) => {
    const { uuid, mobile, deviceInfo } = fields;
    if (active && (options.sameUuidReplaces ?? true)) endOlder(account.username, uuid);
    const token = randomHex(32);
    const id = options.sessionId === "number" ? ++numbered : randomHex(12);
    const session = sessions.open(token, account.username, { id, uuid, mobile, deviceInfo, active, blocked: false });
    return { token, session };
  };
  const endOlder = (username: string, uuid: string, except?: OpenSession<Device>) =>
    sessions.closeWhere((other) => other !== except && other.username === username && other.data.uuid === uuid);
  const result = (token: string, session: OpenSession<Device>) => ({
    token,
    user: installation.user(session.username),
    token_expiration_datetime: installation.time(expiry(session, installation)),
  });

  app.post("/auth/login/", async (c) => {
    const basic = readBasic(c.req.header("authorization"));
    if (basic === undefined) return refuse(c, 401, "UNAUTHORIZED", "notProvided");
    const account = accounts.check(basic.username, basic.password);
    if (account === undefined || account.active === false) return refuse(c, 401, "UNAUTHORIZED", "badPassword");
    if (mode === "face") return refuse(c, 401, "UNAUTHORIZED", "wrongMode");
    const fields = readLogin((await readJson(c)) ?? {});
    if ("param" in fields) return refuse(c, 400, "BAD_PARAM", fields.message, { param: fields.param });
    if (blocked.has(fields.uuid)) return refuse(c, 401, "UNAUTHORIZED", "blocked");
    const refusal = installation.licenseRefusal(c);
    if (refusal !== undefined) return refusal;
    if (mode !== "face_and_password") {
      const { token, session } = issue(account, fields, true);
      c.env.loggedIn();
      return c.json(result(token, session));
    }
    return activate(c, account, fields);
  });

  /** Completes a login by face and password. The token of the face can be used once. */
  const activate = (c: Context<VendorEnv>, account: FindFaceAccount, { videoAuthToken, uuid }: LoginFields) => {
    if (videoAuthToken === undefined) {
      return refuse(c, 400, "BAD_PARAM", "required", { param: "video_auth_token" });
    }
    const waiting = sessions.find(videoAuthToken);
    if (waiting === undefined || waiting.data.active || waiting.data.blocked || waiting.username !== account.username) {
      return refuse(c, 401, "UNAUTHORIZED", "badToken");
    }
    if (options.sameUuidReplaces ?? true) endOlder(account.username, uuid, waiting);
    waiting.data = { ...waiting.data, active: true };
    sessions.prolong(waiting);
    c.env.loggedIn();
    if (options.faceToken !== "replaced") return c.json(result(videoAuthToken, waiting));
    const token = randomHex(32);
    sessions.addSecret(token, waiting);
    sessions.dropSecret(videoAuthToken);
    return c.json(result(token, waiting));
  };

  app.post("/auth/video-auth/", async (c) => {
    const form = await readMultipart(c);
    const fields = readVideoLogin(form);
    if ("param" in fields) return refuse(c, 400, "BAD_PARAM", fields.message, { param: fields.param });
    const video = await readVideo(form);
    if (video === undefined) return refuse(c, 400, "BAD_PARAM", "required", { param: "video" });
    if (mode === "password") return refuse(c, 401, "UNAUTHORIZED", "wrongMode");
    const account = faceOf(installation, video);
    if (account === undefined) return refuse(c, 401, "UNAUTHORIZED", "badFace");
    if (blocked.has(fields.uuid)) return refuse(c, 401, "UNAUTHORIZED", "blocked");
    const refusal = installation.licenseRefusal(c);
    if (refusal !== undefined) return refusal;
    const isWhole = mode !== "face_and_password";
    const { token, session } = issue(account, fields, isWhole);
    if (isWhole) c.env.loggedIn();
    return c.json(result(token, session));
  });

  app.post("/auth/video-auth-renew/", async (c) => {
    const session = installation.enter(c);
    if (session instanceof Response) return session;
    const video = await readVideo(await readMultipart(c));
    if (video === undefined) return refuse(c, 400, "BAD_PARAM", "required", { param: "video" });
    if (faceOf(installation, video)?.username !== session.username) return refuse(c, 401, "UNAUTHORIZED", "badFace");
    sessions.prolong(session);
    return c.json({
      token_expiration_datetime: installation.time(expiry(session, installation)),
      user: installation.user(session.username),
    });
  });

  app.post("/auth/logout/", (c) => {
    const session = installation.enter(c);
    if (session instanceof Response) return session;
    sessions.close(session);
    return c.body(null, 204);
  });
}

/** The expiry in a response, which is required even if the session has no limit. */
function expiry({ endsAt }: OpenSession<Device>, { clock }: Installation): number {
  return Number.isFinite(endsAt) ? endsAt : clock.now() + 100 * 365 * 86_400_000;
}

function faceOf({ accounts }: Installation, video: string): FindFaceAccount | undefined {
  return accounts.all().find(({ face, active = true }) => active && face !== undefined && face === video);
}
