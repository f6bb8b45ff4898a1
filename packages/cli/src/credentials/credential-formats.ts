import { formatCookiesTxt } from "@vms/core";
import { isoTime } from "../command-line/format-time.ts";
import { usage } from "../errors/cli-error.ts";
import type { Credential } from "./credential.ts";
import { credentialVariables } from "./credential-variables.ts";

/** The formats in which `vms export` prints a credential. */
export const credentialFormats: Readonly<Record<string, (credential: Credential) => string>> = {
  header: ({ headers, searchParams, vendor }) => {
    if (Object.keys(headers).length === 0) throw notInHeaders(vendor, searchParams);
    return lines(Object.entries(headers).map(([name, value]) => `${name}: ${value}`));
  },
  curl: ({ headers, searchParams, userAgent }) =>
    lines([
      ...Object.entries(headers).map(([name, value]) => `header = ${quotedForCurl(`${name}: ${value}`)}`),
      `user-agent = ${quotedForCurl(userAgent)}`,
      // Needs curl 7.87 or later. Unlike `data`, it also extends the query of a request with a body.
      ...Object.entries(searchParams).map(([name, value]) => `url-query = ${quotedForCurl(`${name}=${value}`)}`),
    ]),
  "cookies.txt": ({ cookies, url, expiresAt, vendor }) => {
    if (Object.keys(cookies).length === 0) {
      throw usage(`the credential of ${vendor} is not a cookie.`, "Use another format: --format header");
    }
    return formatCookiesTxt(cookies, { baseUrl: url, ...(expiresAt === undefined ? {} : { expiresAt }) });
  },
  env: (credential) =>
    lines(
      Object.entries(credentialVariables(credential)).map(([name, value]) => `export ${name}=${quotedForShell(value)}`),
    ),
  postman: (credential) =>
    json({
      name: `vms ${credential.profile}`,
      values: [
        postmanValue("baseUrl", credential.url.replace(/\/$/, ""), "default"),
        ...Object.entries(credential.headers).map(([name, value]) => postmanValue(name, value, "secret")),
        ...Object.entries(credential.searchParams).map(([name, value]) => postmanValue(name, value, "secret")),
      ],
      _postman_variable_scope: "environment",
    }),
  json: ({ profile, vendor, account, url, expiresAt, headers, searchParams, cookies }) =>
    json({
      profile,
      vendor,
      account,
      url,
      expiresAt: isoTime(expiresAt),
      headers,
      searchParams,
      cookies,
    }),
};

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Quotes a word for a curl config file. Other characters that a header can contain need no escaping there. */
function quotedForCurl(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\t", "\\t")}"`;
}

/** Quotes a word for a POSIX shell: nothing is special in single quotes. */
function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function postmanValue(key: string, value: string, type: "default" | "secret") {
  return { key, value, type, enabled: true };
}

function notInHeaders(vendor: string, searchParams: Credential["searchParams"]) {
  const names = Object.keys(searchParams).join(", ");
  return usage(
    `the credential of this profile of ${vendor} goes into the query (${names}), not into a header.`,
    "Use another format: --format json",
  );
}
