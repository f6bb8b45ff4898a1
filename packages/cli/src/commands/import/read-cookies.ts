import { parseCookiesTxt } from "@vms/core";
import { usage } from "../../errors/cli-error.ts";
import { readText, readTextFromStdin } from "../../files/read-text.ts";
import { type VendorName, vendors } from "../../profiles/vendors.ts";
import type { System } from "../../system/system.ts";
import { cookieVendors } from "./cookie-vendors.ts";

/** @throws {CliError} if the vendor's sessions are not cookies. */
export function checkCookieVendor(vendor: VendorName): void {
  if (cookieVendors.includes(vendor)) return;
  const which = cookieVendors.join(" and ");
  throw usage(
    `the sessions of ${vendors[vendor].title} are not cookies: only those of ${which} can be imported.`,
    `Sign in instead: vms login ${vendor}`,
  );
}

/** Reads the cookies for a vendor's host from a file. Errors contain none of their values. */
export async function readCookies(
  system: System,
  path: string,
  vendor: VendorName,
  url: string,
): Promise<Record<string, string>> {
  const content = path === "-" ? await readTextFromStdin(system) : await read(path);
  const where = path === "-" ? "standard input" : path;
  const { sessionCookies: wanted = [], firstCall } = vendors[vendor];
  // Cookies can be for a path of the API only.
  const call = new URL(firstCall, url.replace(/\/*$/, "/"));
  const cookies = parseCookiesTxt(content, call);
  const bad = Object.keys(cookies).find((name) => /[^\x20-\x7e]/.test(cookies[name] ?? ""));
  if (bad !== undefined && wanted.includes(bad)) {
    throw usage(`the cookie ${bad} in ${where} has invalid characters.`, "Write the file again.");
  }
  if (wanted.some((name) => cookies[name])) return cookies;

  const names = wanted.join(" or ");
  const { host } = new URL(url);
  if (!content.split(/\r?\n/).some((line) => line.split("\t").length === 7)) {
    throw usage(
      `${where} contains no cookies in the Netscape format.`,
      "curl writes such a file: curl -c cookies.txt …",
    );
  }
  // The time 0 also finds expired cookies.
  if (wanted.some((name) => parseCookiesTxt(content, call, 0)[name])) {
    throw usage(`the cookie ${names} for ${host} in ${where} has expired.`, `Sign in: vms login ${vendor}`);
  }
  throw usage(
    `there is no cookie ${names} for ${host} in ${where}.`,
    "Check --url, and that the session was signed in when the file was written.",
  );
}

function read(path: string): Promise<string> {
  return readText(path, (code) =>
    usage(`the file ${path} cannot be read (${code}).`, "Check the path; - is standard input."),
  );
}
