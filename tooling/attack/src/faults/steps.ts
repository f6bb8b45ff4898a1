import type { Vendor } from "@vms-tooling/demo/vendors";

/** What a session is doing when the fault comes. */
export type Step = "login" | "login, step 2" | "call" | "renewal" | "logout";

/** Where a vendor's requests of each kind go, by the end of their paths. */
const PATHS: Record<Vendor["key"], { readonly login: readonly string[]; readonly logout?: string }> = {
  alta: { login: ["/api/v1/dologin"], logout: "/api/v1/logout" },
  findface: { login: ["/auth/login/"], logout: "/auth/logout/" },
  alertsite: { login: ["/login"] },
  eagleeye: { login: ["/g/aaa/authenticate", "/g/aaa/authorize"], logout: "/g/aaa/logout" },
  adminToken: { login: ["/api/admin/v1/auth/token"] },
};

/** The steps that a vendor has. */
export function stepsOf({ key }: Vendor): Step[] {
  const { login, logout } = PATHS[key];
  return [
    "login",
    ...(login.length > 1 ? (["login, step 2"] as const) : []),
    "call",
    "renewal",
    ...(logout === undefined ? [] : (["logout"] as const)),
  ];
}

/** The path of the request that a step's fault is for. */
export function pathOf({ key, firstCall }: Vendor, step: Step): string {
  const { login, logout = "" } = PATHS[key];
  if (step === "call") return `/${firstCall.split("?", 1)[0]}`;
  if (step === "logout") return logout;
  return login[step === "login, step 2" ? 1 : 0] ?? "";
}
