import type { AdminTokenSession } from "@vms/admin-token";
import type { Session, WaitOptions } from "@vms/core";
import type { EagleEyeSession } from "@vms/eagleeye";
import { createEagleEyeSession } from "@vms/eagleeye";
import type { FindFaceSession } from "@vms/findface";
import { type Clock, createEagleEyeServer, createSimulator } from "@vms/simulator";
import { allVendors, type Vendor } from "@vms-tooling/vendors";
import { altaFixture, eagleEyeFixture, type Fixture, findFaceFixture, plainFixture } from "./fixtures.ts";
import { observeSteps } from "./observe-steps.ts";
import type { Step } from "./step.ts";

/** A method of a session that makes a call and throws the errors of the package. */
interface Method {
  readonly name: string;
  /** The end of the path of its request. */
  readonly path: string;
  readonly run: (session: Session, wait: WaitOptions) => Promise<unknown>;
  /** Whether the method uses `session.fetch`, which follows redirects. */
  readonly byFetch: boolean;
}

/** A way of signing in to a vendor. */
export interface SignIn {
  readonly name: string;
  /** The vendor, if its account has only a password. */
  readonly vendor?: Vendor;
  readonly steps: readonly Step[];
  /** The first request of each login, by the end of its path. */
  readonly begins: string;
  readonly method?: Method;
  /** Whether the vendor never learns the password. */
  readonly passwordOptional?: true;
  /** What the login asks a person for. */
  readonly asks?: "code" | "video";
  readonly open: (clock?: Clock) => Fixture;
}

const login = (name: string, path: string): Step => ({ name: `login: ${name}`, kind: "login", path });
const renewal = (path: string, name = "renewal"): Step => ({ name, kind: "renewal", path });

/** The methods of vendors' sessions that make calls. */
const METHODS: Readonly<Record<string, Method>> = {
  findface: {
    name: "sessions.list()",
    path: "/sessions/",
    byFetch: true,
    run: (session, wait) => (session as FindFaceSession).sessions.list(wait),
  },
  eagleeye: {
    name: "isAuthenticated()",
    path: "/g/aaa/isauth",
    byFetch: false,
    run: (session, wait) => (session as EagleEyeSession).isAuthenticated(wait),
  },
  "admin-token": {
    name: "whoAmI()",
    path: "/api/admin/v1/admins/1",
    byFetch: true,
    run: (session, wait) => (session as AdminTokenSession).whoAmI(wait),
  },
};

/** Each vendor, with an account that has only a password. */
export const plainSignIns: readonly SignIn[] = await Promise.all(
  allVendors.map(async (vendor): Promise<SignIn> => {
    const { title: name, key, create } = vendor;
    const { before, after } = await observeSteps(vendor);
    const call: Step = { name: "call", kind: "call", path: `/${createSimulator()[key].firstCall.split("?", 1)[0]}` };
    const method = METHODS[vendor.vendor];
    const ofMethod: readonly Step[] = method === undefined ? [] : [{ ...method, kind: "method" }];
    return {
      name,
      vendor,
      steps: [...before, call, ...ofMethod, ...after],
      begins: before[0]?.path ?? "",
      ...(method === undefined ? {} : { method }),
      open: (clock) => plainFixture(createSimulator(clock === undefined ? {} : { clock })[key], create),
    };
  }),
);

/** The requests of Alta's login. */
const ALTA: readonly Step[] = [login("dologin", "/api/v1/dologin"), login("auth", "/api/v1/auth")];

const clocked = (clock: Clock | undefined) => (clock === undefined ? {} : { clock });

/** The second account of the simulator's users. */
export const OTHER_ACCOUNT = "00061987";

/** Sign-ins with a second factor or with a switch to another account. */
export const furtherSignIns: readonly SignIn[] = [
  {
    name: "Avigilon Alta with a TOTP code",
    begins: "/api/v1/dologin",
    asks: "code",
    steps: [...ALTA, login("totp", "/api/v1/totp"), renewal("/api/v1/totp", "renewal: totp")],
    open: (clock) => altaFixture(clocked(clock)),
  },
  {
    name: "Avigilon Alta with the code in the login",
    begins: "/api/v1/dologin",
    asks: "code",
    steps: [...ALTA, renewal("/api/v1/dologin", "renewal: dologin")],
    open: (clock) => altaFixture(clocked(clock), { totpPlacement: "login" }),
  },
  {
    name: "Eagle Eye with a code by SMS",
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
    name: "Eagle Eye on another account",
    begins: "/g/aaa/authenticate",
    steps: [login("switch_account", "/g/aaa/switch_account"), login("user", "/g/user")],
    open: (clock) =>
      plainFixture(createEagleEyeServer(clocked(clock)), (options) =>
        createEagleEyeSession({ ...options, account: OTHER_ACCOUNT }),
      ),
  },
  {
    name: "FindFace Multi by face and password",
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
    name: "FindFace Multi by face",
    passwordOptional: true,
    begins: "/auth/video-auth/",
    asks: "video",
    steps: [login("video-auth", "/auth/video-auth/"), renewal("/auth/video-auth-renew/", "renewal: video-auth-renew")],
    open: (clock) => findFaceFixture("face", clocked(clock)),
  },
];
