/** The parts of a request that can contain a secret. */
interface SecretRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Every secret between a session and its vendor, in every encoding. */
export interface Secrets {
  add(...secrets: readonly (string | undefined)[]): void;
  /** Adds the password and its Basic header. */
  account(account: { readonly username: string; readonly password: string }): void;
  /** Adds the secrets of a request: credentials in headers, cookies and the query, and a token in the body. */
  request(request: SecretRequest): void;
  /**
   * Adds the cookies and tokens of a response.
   * @returns the last one.
   */
  answer(headers: Headers, body: string): string | undefined;
  /** All secrets, plain and encoded, of 6 characters or more: shorter ones can occur by chance. */
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
