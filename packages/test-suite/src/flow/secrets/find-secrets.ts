import { check } from "../../checks.ts";

/** Secrets by their names. */
export type Secrets = ReadonlyMap<string, string>;

type Runtime = { readonly process?: { readonly getBuiltinModule?: (name: string) => unknown } };
type Inspect = (value: unknown, options?: object) => string;

// Only some runtimes print objects with `inspect`. In others, the search below must suffice.
const inspect = (
  (globalThis as Runtime).process?.getBuiltinModule?.("node:util") as { readonly inspect?: Inspect } | undefined
)?.inspect;

/** Checks that a value shows none of the secrets in any form, at any depth. */
export function shows(value: unknown, secrets: Secrets, what: string): void {
  const texts = shown(value);
  for (const [name, secret] of secrets) {
    for (const [form, text] of Object.entries(formsOf(secret))) {
      const at = texts.find((one) => one.text.includes(text));
      check(at === undefined, `${what} shows ${name} (${form}), at ${at?.where}.`);
    }
  }
}

/** Returns the forms in which a secret can occur in texts. */
function formsOf(secret: string): Record<string, string> {
  const bytes = new TextEncoder().encode(secret);
  const base64 = btoa(String.fromCharCode(...bytes));
  return {
    "as it is": secret,
    "in JSON": JSON.stringify(secret).slice(1, -1),
    "in a URL": encodeURIComponent(secret),
    "in a form": new URLSearchParams({ "": secret }).toString().slice(1),
    "in base64": base64.replace(/=+$/, ""),
    "in base64url": base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
    "in hexadecimal": Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

/** Whether a text contains a secret in any form. */
export function holds(text: string, secret: string): boolean {
  return Object.values(formsOf(secret)).some((form) => text.includes(form));
}

/** Whether a text contains the password in any form, including Basic authentication. */
export function holdsPassword(text: string, { username, password }: { username: string; password: string }): boolean {
  const pair = formsOf(`${username}:${password}`);
  return holds(text, password) || text.includes(pair["in base64"] ?? "") || text.includes(pair["in base64url"] ?? "");
}

interface Shown {
  readonly where: string;
  readonly text: string;
}

/** Returns all texts of a value that a logger, a debugger or a bug report could show. */
function shown(value: unknown): Shown[] {
  const texts: Shown[] = [];
  const seen = new Set<unknown>();
  const attempt = (where: string, read: () => unknown): unknown => {
    try {
      const result = read();
      if (typeof result === "string") texts.push({ where, text: result });
      return result;
    } catch {
      return undefined;
    }
  };
  const walk = (at: unknown, where: string, depth: number): void => {
    if ((typeof at !== "object" && typeof at !== "function") || at === null || seen.has(at) || depth > 10) return;
    seen.add(at);
    if (depth === 0 || at instanceof Error) {
      attempt(`String(${where})`, () => String(at));
      attempt(`JSON.stringify(${where})`, () => JSON.stringify(at));
      attempt(`inspect(${where})`, () => inspect?.(at));
      attempt(`inspect(${where}), with hidden properties`, () =>
        inspect?.(at, { showHidden: true, getters: true, depth: 12, maxArrayLength: null, maxStringLength: null }),
      );
    }
    if (at instanceof Headers) for (const [name, text] of at) texts.push({ where: `${where}.${name}`, text });
    if (at instanceof Request || at instanceof Response) {
      texts.push({ where: `${where}.url`, text: at.url });
      walk(at.headers, `${where}.headers`, depth + 1);
    }
    if (at instanceof Map) for (const pair of at) walk(pair, `${where}.entries()`, depth + 1);
    if (at instanceof Set) for (const member of at) walk([member], `${where}.values()`, depth + 1);
    if (ArrayBuffer.isView(at) || at instanceof ArrayBuffer) return;
    for (const key of Reflect.ownKeys(at)) {
      const inner = `${where}.${String(key)}`;
      texts.push({ where: inner, text: String(key) });
      walk(
        attempt(inner, () => Reflect.get(at, key)),
        inner,
        depth + 1,
      );
    }
  };
  attempt("value", () => value);
  walk(value, "value", 0);
  return texts;
}
