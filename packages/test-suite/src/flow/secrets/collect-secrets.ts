import type { Authorization, Session } from "@vms/core";
import { check } from "../../checks.ts";
import type { ContractServer } from "../contract-server.ts";
import type { Sent } from "../network.ts";
import { holds, type Secrets } from "./find-secrets.ts";

/** Shorter texts are flags and numbers, which can occur by accident. */
const SHORTEST = 8;

/** Returns the secrets that a login sends and receives, and that calls send. */
export async function collectSecrets(
  { account, baseUrl }: ContractServer,
  session: Session,
  sent: readonly Sent[],
  record: unknown,
): Promise<Secrets> {
  const { username, password } = account;
  check(
    password.length >= 6 && !`${username} ${baseUrl}`.includes(password),
    "the account's password must have six characters or more, and must not be part of the user name or the base URL.",
  );
  const secrets = new Map<string, string>();
  const add = (name: string, value: string) => {
    // The user name, parts of it and parts of the URL are not secrets.
    if (value.length >= SHORTEST && !`${username} ${baseUrl}`.includes(value) && value !== password) {
      secrets.set(name, value);
    }
  };
  const authorization = await session.authorization();
  for (const [name, value] of credentialsIn(authorization)) add(name, value);
  for (const [path, value] of leaves((record as { data?: unknown })?.data)) add(`the stored data${path}`, value);
  for (const [index, request] of sent.entries()) {
    const later = sent.slice(index + 1);
    for (const [name, value] of await handedOut(request)) {
      if (later.some(({ url, headers, body }) => holds([url, body, ...headers.values()].join("\n"), value))) {
        add(name, value);
      }
    }
  }
  return secrets.set("the password", password).set("user name and password", `${username}:${password}`);
}

/** Returns the secrets that calls send. */
export function credentialsOf(
  authorization: Authorization,
  { username }: ContractServer["account"],
): readonly string[] {
  const values = [...credentialsIn(authorization)].map(([, value]) => value);
  return values.filter((value) => value.length >= SHORTEST && !username.includes(value));
}

function* credentialsIn({ headers, searchParams, cookies }: Authorization): Iterable<[string, string]> {
  for (const [name, value] of Object.entries(cookies)) yield [`the cookie ${name}`, value];
  for (const [name, value] of Object.entries(searchParams)) yield [`the search parameter ${name}`, value];
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === "cookie") continue;
    for (const part of value.split(/\s+/)) {
      yield [`the header ${name}`, part];
      const pair = /^[^:]*:(.+)$/s.exec(decoded(part))?.[1];
      if (pair !== undefined) yield [`what is in base64 in the header ${name}`, pair];
    }
  }
}

// Values that the vendor returns as a cookie or under a typical name, and that are sent later, for example a token.
async function handedOut({ answer }: Sent): Promise<[string, string][]> {
  const got = await answer();
  if (got === undefined) return [];
  const cookies = got.headers.getSetCookie().map((line): [string, string] => {
    const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
    return [`the cookie ${name.trim()} that was set`, value.trim()];
  });
  let body: unknown;
  try {
    body = JSON.parse(got.text);
  } catch {}
  const named = [...leaves(body)].filter(
    ([path, text]) =>
      /(token|secret|session|password|ticket|key|nonce)[^.]*$/i.test(path) && !/\s|^\d{4}-\d\d/.test(text),
  );
  return [...cookies, ...named.map(([path, text]): [string, string] => [`the response's ${path.slice(1)}`, text])];
}

/** Returns the strings in plain JSON, with their paths. */
function* leaves(value: unknown, path = ""): Iterable<[string, string]> {
  if (typeof value === "string") yield [path, value];
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) yield* leaves(part, `${path}.${name}`);
}

function decoded(text: string): string {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}
