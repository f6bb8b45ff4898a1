import type { AdminTokenSession } from "@vms/admin-token";
import type { Session, WaitOptions } from "@vms/core";
import type { EagleEyeSession } from "@vms/eagleeye";
import { createEagleEyeSession } from "@vms/eagleeye";
import type { FindFaceSession } from "@vms/findface";
import { type Clock, createEagleEyeServer, createSimulator } from "@vms/simulator";
import { type Vendor, vendors } from "@vms-tooling/demo/vendors";
import { altaScene, eagleEyeScene, findFaceScene, plainScene, type Scene } from "./scenes.ts";

/** What a session is doing, and the request of it that is meant, by the end of its path. */
export interface Step {
  readonly name: string;
  readonly kind: "login" | "call" | "method" | "renewal" | "logout";
  readonly path: string;
}

/** A method of a session that is a call, and takes errors of its own out of it. */
interface Method {
  readonly run: (session: Session, wait: WaitOptions) => Promise<unknown>;
  /** Whether it goes by `session.fetch`, which follows redirects. */
  readonly byFetch: boolean;
}

/** A way of signing in to a vendor. */
export interface Way {
  readonly name: string;
  readonly steps: readonly Step[];
  /** The first request of each login, by the end of its path. */
  readonly begins: string;
  readonly method?: Method;
  /** Whether the vendor never learns the password. */
  readonly passwordless?: true;
  /** What is asked for in it. */
  readonly asks?: "code" | "video";
  readonly open: (clock?: Clock) => Scene;
}

const login = (name: string, path: string): Step => ({ name: `login: ${name}`, kind: "login", path });
const renewal = (path: string, name = "renewal"): Step => ({ name, kind: "renewal", path });
const logout = (path: string): Step => ({ name: "logout", kind: "logout", path });
const method = (name: string, path: string): Step => ({ name, kind: "method", path });

/** What each vendor has besides its call: the steps of a login, a method, the way of a renewal, a sign-out. */
const STEPS: Record<Vendor["key"], { readonly before: readonly Step[]; readonly after: readonly Step[] }> = {
  alta: {
    before: [login("dologin", "/api/v1/dologin"), login("auth", "/api/v1/auth")],
    after: [renewal("/api/v1/dologin"), logout("/api/v1/logout")],
  },
  findface: {
    before: [{ name: "login", kind: "login", path: "/auth/login/" }],
    after: [method("sessions.list()", "/sessions/"), renewal("/auth/login/"), logout("/auth/logout/")],
  },
  alertsite: {
    before: [{ name: "login", kind: "login", path: "/login" }],
    after: [renewal("/login")],
  },
  eagleeye: {
    before: [login("authenticate", "/g/aaa/authenticate"), login("authorize", "/g/aaa/authorize")],
    after: [method("isAuthenticated()", "/g/aaa/isauth"), renewal("/g/aaa/authenticate"), logout("/g/aaa/logout")],
  },
  adminToken: {
    before: [{ name: "login", kind: "login", path: "/api/admin/v1/auth/token" }],
    after: [method("whoAmI()", "/api/admin/v1/admins/1"), renewal("/api/admin/v1/auth/token")],
  },
};

const METHODS: Partial<Record<Vendor["key"], Method>> = {
  findface: { byFetch: true, run: (session, wait) => (session as FindFaceSession).sessions.list(wait) },
  eagleeye: { byFetch: false, run: (session, wait) => (session as EagleEyeSession).isAuthenticated(wait) },
  adminToken: { byFetch: true, run: (session, wait) => (session as AdminTokenSession).whoAmI(wait) },
};

/** Each vendor, with an account that has a password and nothing else. */
export const plainWays: readonly Way[] = vendors.map(({ key, name, firstCall, create }) => {
  const call: Step = { name: "call", kind: "call", path: `/${firstCall.split("?", 1)[0]}` };
  const found = METHODS[key];
  return {
    name,
    steps: [...STEPS[key].before, call, ...STEPS[key].after],
    begins: STEPS[key].before[0]?.path ?? "",
    ...(found === undefined ? {} : { method: found }),
    open: (clock) => plainScene(createSimulator(clock === undefined ? {} : { clock })[key], create),
  };
});

const clocked = (clock: Clock | undefined) => (clock === undefined ? {} : { clock });

/** The second of the accounts that the simulator's users have. */
export const OTHER_ACCOUNT = "00061987";

/** What there is besides: second factors, and a login that goes on to another account. */
export const furtherWays: readonly Way[] = [
  {
    name: "Avigilon Alta, with a code by TOTP",
    begins: "/api/v1/dologin",
    asks: "code",
    steps: [...STEPS.alta.before, login("totp", "/api/v1/totp"), renewal("/api/v1/totp", "renewal: totp")],
    open: (clock) => altaScene(clocked(clock)),
  },
  {
    name: "Avigilon Alta, with a code in the login",
    begins: "/api/v1/dologin",
    asks: "code",
    steps: [...STEPS.alta.before, renewal("/api/v1/dologin", "renewal: dologin")],
    open: (clock) => altaScene(clocked(clock), { codeIn: "login" }),
  },
  {
    name: "Eagle Eye, with a code by SMS",
    begins: "/g/aaa/authenticate",
    asks: "code",
    steps: [
      login("authenticate", "/g/aaa/authenticate"),
      login("two_factor_authenticate", "/g/aaa/two_factor_authenticate"),
      login("authorize", "/g/aaa/authorize"),
      renewal("/g/aaa/authenticate", "renewal: authenticate"),
    ],
    open: (clock) => eagleEyeScene(clocked(clock)),
  },
  {
    name: "Eagle Eye, on another account",
    begins: "/g/aaa/authenticate",
    steps: [login("switch_account", "/g/aaa/switch_account"), login("user", "/g/user")],
    open: (clock) =>
      plainScene(createEagleEyeServer(clocked(clock)), (options) =>
        createEagleEyeSession({ ...options, account: OTHER_ACCOUNT }),
      ),
  },
  {
    name: "FindFace Multi, by face and password",
    begins: "/auth/video-auth/",
    asks: "video",
    steps: [
      login("video-auth", "/auth/video-auth/"),
      login("login", "/auth/login/"),
      renewal("/auth/video-auth-renew/", "renewal: video-auth-renew"),
    ],
    open: (clock) => findFaceScene("face_and_password", clocked(clock)),
  },
  {
    name: "FindFace Multi, by face",
    passwordless: true,
    begins: "/auth/video-auth/",
    asks: "video",
    steps: [login("video-auth", "/auth/video-auth/"), renewal("/auth/video-auth-renew/", "renewal: video-auth-renew")],
    open: (clock) => findFaceScene("face", clocked(clock)),
  },
];
