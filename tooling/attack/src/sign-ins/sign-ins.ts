import type { AdminTokenSession } from "@vms/admin-token";
import type { Session, WaitOptions } from "@vms/core";
import type { EagleEyeSession } from "@vms/eagleeye";
import { createEagleEyeSession } from "@vms/eagleeye";
import type { FindFaceSession } from "@vms/findface";
import { type Clock, createEagleEyeServer, createSimulator } from "@vms/simulator";
import { type Vendor, vendors } from "@vms-tooling/demo/vendors";
import { altaFixture, eagleEyeFixture, type Fixture, findFaceFixture, plainFixture } from "./fixtures.ts";

/** A step of a session. `path` is the end of the path of its request. */
export interface Step {
  readonly name: string;
  readonly kind: "login" | "call" | "method" | "renewal" | "logout";
  readonly path: string;
}

/** A method of a session that makes a call and throws its own errors. */
interface Method {
  readonly run: (session: Session, wait: WaitOptions) => Promise<unknown>;
  /** Whether the method uses `session.fetch`, which follows redirects. */
  readonly byFetch: boolean;
}

/** A way of signing in to a vendor. */
export interface SignIn {
  readonly name: string;
  readonly steps: readonly Step[];
  /** The first request of each login, by the end of its path. */
  readonly begins: string;
  readonly method?: Method;
  /** Whether the vendor never learns the password. */
  readonly passwordOptional?: true;
  /** What the login asks a human for. */
  readonly asks?: "code" | "video";
  readonly open: (clock?: Clock) => Fixture;
}

const login = (name: string, path: string): Step => ({ name: `login: ${name}`, kind: "login", path });
const renewal = (path: string, name = "renewal"): Step => ({ name, kind: "renewal", path });
const logout = (path: string): Step => ({ name: "logout", kind: "logout", path });
const method = (name: string, path: string): Step => ({ name, kind: "method", path });

/** The steps of each vendor besides its call: login, method, renewal, sign-out. */
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

/** Each vendor, with an account that has only a password. */
export const plainSignIns: readonly SignIn[] = vendors.map(({ key, name, firstCall, create }) => {
  const call: Step = { name: "call", kind: "call", path: `/${firstCall.split("?", 1)[0]}` };
  const found = METHODS[key];
  return {
    name,
    steps: [...STEPS[key].before, call, ...STEPS[key].after],
    begins: STEPS[key].before[0]?.path ?? "",
    ...(found === undefined ? {} : { method: found }),
    open: (clock) => plainFixture(createSimulator(clock === undefined ? {} : { clock })[key], create),
  };
});

const clocked = (clock: Clock | undefined) => (clock === undefined ? {} : { clock });

/** The second account of the simulator's users. */
export const OTHER_ACCOUNT = "00061987";

/** Sign-ins with a second factor or with a switch to another account. */
export const furtherSignIns: readonly SignIn[] = [
  {
    name: "Avigilon Alta, with a code by TOTP",
    begins: "/api/v1/dologin",
    asks: "code",
    steps: [...STEPS.alta.before, login("totp", "/api/v1/totp"), renewal("/api/v1/totp", "renewal: totp")],
    open: (clock) => altaFixture(clocked(clock)),
  },
  {
    name: "Avigilon Alta, with a code in the login",
    begins: "/api/v1/dologin",
    asks: "code",
    steps: [...STEPS.alta.before, renewal("/api/v1/dologin", "renewal: dologin")],
    open: (clock) => altaFixture(clocked(clock), { totpPlacement: "login" }),
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
    open: (clock) => eagleEyeFixture(clocked(clock)),
  },
  {
    name: "Eagle Eye, on another account",
    begins: "/g/aaa/authenticate",
    steps: [login("switch_account", "/g/aaa/switch_account"), login("user", "/g/user")],
    open: (clock) =>
      plainFixture(createEagleEyeServer(clocked(clock)), (options) =>
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
    open: (clock) => findFaceFixture("face_and_password", clocked(clock)),
  },
  {
    name: "FindFace Multi, by face",
    passwordOptional: true,
    begins: "/auth/video-auth/",
    asks: "video",
    steps: [login("video-auth", "/auth/video-auth/"), renewal("/auth/video-auth-renew/", "renewal: video-auth-renew")],
    open: (clock) => findFaceFixture("face", clocked(clock)),
  },
];
