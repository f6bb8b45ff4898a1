import { readFile } from "node:fs/promises";
import process from "node:process";
import { text } from "node:stream/consumers";
import { parseCookiesTxt } from "@vms/core";
import { usage } from "../../errors/cli-error.ts";
import { type VendorName, vendors } from "../../profiles/vendors.ts";

/** The cookies that carry a session, by vendor. One of them is enough. */
const NAMES: Readonly<Partial<Record<VendorName, readonly string[]>>> = {
  alta: ["va"],
  eagleeye: ["auth_key", "videobank_sessionid"],
};

/** @throws {CliError} if the vendor's sessions are not cookies. */
export function checkCookieVendor(vendor: VendorName): void {
  if (NAMES[vendor] !== undefined) return;
  const which = Object.keys(NAMES).join(" and ");
  throw usage(
    `the sessions of ${vendors[vendor].title} are not cookies: only those of ${which} can be imported.`,
    `Sign in instead: vms login ${vendor}`,
  );
}

/** Reads the cookies for a vendor's host from a file. Errors contain none of their values. */
export async function readCookies(path: string, vendor: VendorName, url: string): Promise<Record<string, string>> {
  const content = path === "-" ? await text(process.stdin) : await read(path);
  const where = path === "-" ? "what came from standard input" : path;
  const wanted = NAMES[vendor] ?? [];
  const cookies = parseCookiesTxt(content, url);
  const bad = Object.keys(cookies).find((name) => /[^\x20-\x7e]/.test(cookies[name] ?? ""));
  if (bad !== undefined && wanted.includes(bad)) {
    throw usage(`the cookie ${bad} in ${where} has characters that no cookie can have.`, "Write the file anew.");
  }
  if (wanted.some((name) => cookies[name])) return cookies;

  const names = wanted.join(" or ");
  const { host } = new URL(url);
  if (!content.split(/\r?\n/).some((line) => line.split("\t").length === 7)) {
    throw usage(`${where} holds no cookies in Netscape's form.`, "Such a file is written by curl -c cookies.txt");
  }
  // The time 0 also finds expired cookies.
  if (wanted.some((name) => parseCookiesTxt(content, url, 0)[name])) {
    throw usage(`the cookie ${names} for ${host} in ${where} is over.`, `Sign in: vms login ${vendor}`);
  }
  throw usage(
    `there is no cookie ${names} for ${host} in ${where}.`,
    "Check --url, and that the session was signed in when the file was written.",
  );
}

function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch(({ code }: NodeJS.ErrnoException): never => {
    throw usage(`the file ${path} cannot be read (${code}).`, "Check the path; - is standard input.");
  });
}
