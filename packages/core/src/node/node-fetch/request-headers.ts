import { tagOf } from "../../util/tag-of.ts";

/** Alternating names, as written, and values. */
export type HeaderList = readonly string[];

const NAME = /^[!#$%&'*+.^`|~\w-]+$/;
// Without surrounding white space, which `fetch` removes.
const VALUE = /^(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?$/;

/**
 * Reads headers in the usual forms as `fetch` does, joining the values of one name.
 * @returns `undefined` for other headers, which undici's `fetch` handles.
 */
export function headerList(given: HeadersInit | undefined): HeaderList | undefined {
  if (given === undefined) return [];
  if (typeof given !== "object" || given === null) return undefined;
  const list: string[] = [];
  if (Symbol.iterator in given) {
    if (!Array.isArray(given) && tagOf(given) !== "Headers") return undefined;
    for (const pair of given) {
      if (!Array.isArray(pair) || pair.length !== 2 || !add(list, pair[0], pair[1])) return undefined;
    }
    return list;
  }
  const prototype = Object.getPrototypeOf(given);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  // Non-enumerable names are unusual too.
  for (const name of Reflect.ownKeys(given)) {
    if (!Object.prototype.propertyIsEnumerable.call(given, name) || !add(list, name, given[name as string]))
      return undefined;
  }
  return list;
}

function add(list: string[], name: unknown, value: unknown): boolean {
  if (typeof name !== "string" || typeof value !== "string" || !NAME.test(name) || !VALUE.test(value)) return false;
  const at = indexOf(list, name.toLowerCase());
  if (at < 0) list.push(name, value);
  else list[at + 1] += `${name.toLowerCase() === "cookie" ? "; " : ", "}${value}`;
  return true;
}

function indexOf(list: HeaderList, lower: string): number {
  for (let n = 0; n < list.length; n += 2) {
    const name = list[n] as string;
    if (name.length === lower.length && name.toLowerCase() === lower) return n;
  }
  return -1;
}

/** @param names in lower case. */
export function withoutHeaders(list: HeaderList, names: readonly string[]): HeaderList {
  return list.filter((_, n) => !names.includes((list[n - (n % 2)] as string).toLowerCase()));
}

interface Wire {
  readonly method: string;
  readonly isSecure: boolean;
  readonly cache: RequestCache;
  readonly bodyType: string | undefined;
  /** In bytes; `undefined` without a body. */
  readonly bodyLength: number | undefined;
}

/** The caller's own headers and those that `fetch` adds. */
export function wireHeaders(own: HeaderList, { method, isSecure, cache, bodyType, bodyLength }: Wire): string[] {
  const list: string[] = [];
  let has = 0;
  let ranged = -1;
  for (let n = 0; n < own.length; n += 2) {
    const name = own[n] as string;
    const flag = FLAGS.get(name) ?? FLAGS.get(name.toLowerCase()) ?? 0;
    if (flag === HOST || flag === SEC_FETCH_MODE) continue;
    has |= flag;
    if (flag === ACCEPT_ENCODING) ranged = list.length + 1;
    list.push(name, own[n + 1] as string);
  }
  if (bodyType !== undefined && !(has & CONTENT_TYPE)) list.push("content-type", bodyType);
  if (!(has & ACCEPT)) list.push("accept", "*/*");
  if (!(has & ACCEPT_LANGUAGE)) list.push("accept-language", "*");
  const length = bodyLength ?? (method === "POST" || method === "PUT" ? 0 : undefined);
  if (length !== undefined && !(has & CONTENT_LENGTH)) list.push("content-length", String(length));
  list.push("sec-fetch-mode", "cors");
  if (!(has & USER_AGENT)) list.push("user-agent", "node");
  if (cache === "no-cache") {
    if (!(has & CACHE_CONTROL)) list.push("cache-control", "max-age=0");
  } else if (cache === "no-store" || cache === "reload" || (cache === "default" && has & CONDITION)) {
    if (!(has & PRAGMA)) list.push("pragma", "no-cache");
    if (!(has & CACHE_CONTROL)) list.push("cache-control", "no-cache");
  }
  if (has & RANGE) {
    // A part of a compressed body cannot be decoded.
    if (ranged < 0) list.push("accept-encoding", "identity");
    else list[ranged] += ", identity";
  } else if (!(has & ACCEPT_ENCODING)) {
    list.push("accept-encoding", isSecure ? "br, gzip, deflate" : "gzip, deflate");
  }
  return list;
}

const ACCEPT = 1;
const ACCEPT_LANGUAGE = 2;
const ACCEPT_ENCODING = 4;
const USER_AGENT = 8;
const RANGE = 16;
const CONTENT_TYPE = 32;
const CONTENT_LENGTH = 64;
const HOST = 128;
const SEC_FETCH_MODE = 256;
const CONDITION = 512;
const CACHE_CONTROL = 1024;
const PRAGMA = 2048;

const FLAGS: ReadonlyMap<string, number> = new Map([
  ["accept", ACCEPT],
  ["accept-language", ACCEPT_LANGUAGE],
  ["accept-encoding", ACCEPT_ENCODING],
  ["user-agent", USER_AGENT],
  ["range", RANGE],
  ["content-type", CONTENT_TYPE],
  ["content-length", CONTENT_LENGTH],
  ["host", HOST],
  ["if-modified-since", CONDITION],
  ["if-none-match", CONDITION],
  ["if-unmodified-since", CONDITION],
  ["if-match", CONDITION],
  ["if-range", CONDITION],
  ["cache-control", CACHE_CONTROL],
  ["pragma", PRAGMA],
  ["sec-fetch-mode", SEC_FETCH_MODE],
]);
