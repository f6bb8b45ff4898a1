/** A request, as far as a secret can be in it. */
interface SecretRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Everything secret that travelled between a session and its vendor, in every spelling. */
export interface Secrets {
  add(...secrets: readonly (string | undefined)[]): void;
  /** Takes the password, and the Basic header that is made of it. */
  account(account: { readonly username: string; readonly password: string }): void;
  /** Takes what a request carries: its credential in a header, a cookie or the query, and a token in its body. */
  request(request: SecretRequest): void;
  /**
   * Takes what an answer gives out: cookies and tokens.
   * @returns the last of them.
   */
  answer(headers: Headers, body: string): string | undefined;
  /** All of them, plain and encoded; what is shorter than 6 characters could stand anywhere. */
  all(): ReadonlySet<string>;
}

const SECRET_KEYS = /"(?:token|access_token|session)"\s*:\s*"([^"]+)"/g;

export function createSecrets(): Secrets {
  const found = new Set<string>();
  const add = (...secrets: readonly (string | undefined)[]) => {
    for (const secret of secrets) if (secret !== undefined) found.add(secret);
  };
  return {
    add,
    account({ username, password }) {
      add(password, Buffer.from(`${username}:${password}`).toString("base64"));
    },
    request({ url, headers, body }) {
      add(...(headers.get("authorization") ?? "").split(" ").slice(1), headers.get("authentication") ?? undefined);
      for (const pair of (headers.get("cookie") ?? "").split("; ")) add(pair.slice(pair.indexOf("=") + 1));
      const { pathname, searchParams } = new URL(url);
      add(searchParams.get("A") ?? undefined, searchParams.get("session") ?? undefined);
      if (pathname.endsWith("/authorize")) add(new URLSearchParams(body).get("token") ?? undefined);
    },
    answer(headers, body) {
      const cookies = headers.getSetCookie().flatMap((line) => {
        const [, name = "", value = ""] = /^([^=;]*)=([^;]*)/.exec(line) ?? [];
        return /^(va|auth_key|videobank_sessionid|tfa_key)$/.test(name) ? [value] : [];
      });
      const given = [...cookies, ...[...body.matchAll(SECRET_KEYS)].flatMap(([, value]) => value ?? [])];
      add(...given);
      return given.findLast((value) => value !== "");
    },
    all() {
      return new Set([...found].flatMap(spellings).filter((secret) => secret.length >= 6));
    },
  };
}

function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), new URLSearchParams({ "": secret }).toString().slice(1)];
}
