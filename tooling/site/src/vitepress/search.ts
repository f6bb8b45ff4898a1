import type { DefaultTheme } from "vitepress";

type Local = DefaultTheme.LocalSearchOptions;
type Options = NonNullable<NonNullable<Local["miniSearch"]>["searchOptions"]>;

// The browser gets the source of these functions, so they use nothing from outside.

/** Guides come first, and what only maintainers read comes last. */
const boostDocument: Options["boostDocument"] = (id: string) => {
  const [path = "", anchor] = id.split("#");
  const isTop = anchor === undefined || anchor === "" ? 1.2 : 1;
  if (/^\/guides\/(writing-a-vendor|vendor-.+)\.html$/.test(path)) return 1.5;
  if (path.startsWith("/guides/")) return 4 * isTop;
  if (path.startsWith("/maintainers/")) return 0.3;
  if (path.startsWith("/api/")) return /\/(index\.html)?$/.test(path) ? 1 : 0.5;
  return 1.5 * isTop;
};

/** What a reader calls it, in the words of the pages. */
const processTerm: Options["processTerm"] = (term: string) => {
  const word = term.toLowerCase();
  const words: Record<string, string[]> = {
    "2fa": ["second", "factors"],
    mfa: ["second", "factors"],
    otp: ["second", "factors", "totp"],
    totp: ["totp", "second", "factors"],
    authenticator: ["second", "factors", "authenticator"],
    sso: ["sso", "sessionendedon", "rejected"],
    refresh: ["refresh", "renewal", "renewed", "extend"],
    unauthorized: ["401", "rejected"],
    lockout: ["locked", "account"],
    locked: ["locked", "refused"],
    tenant: ["customers", "tenant"],
    tenants: ["customers", "tenant"],
    multitenant: ["many", "customers"],
    multi: ["many"],
    expired: ["expired", "expires", "ended"],
    logout: ["logout", "signed", "out"],
    signout: ["logout", "out"],
  };
  return words[word] ?? word;
};

/** The search runs in the browser, in an index that is part of the site. */
export const SEARCH: Local = {
  detailedView: false,
  // Words are searched, not programs.
  _render: (text, env, renderer) => renderer.render(text.replaceAll(/^```[\s\S]*?^```$/gm, ""), env),
  miniSearch: {
    searchOptions: { boostDocument, processTerm, fuzzy: 0.15, prefix: true, boost: { title: 5, titles: 2, text: 1 } },
  },
};
