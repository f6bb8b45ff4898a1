import fc from "fast-check";
import { dates } from "./values.ts";

/** A corruption of headers. */
export type HeaderMutation =
  | { readonly kind: "set"; readonly name: string; readonly value: string }
  | { readonly kind: "drop"; readonly name: string }
  | { readonly kind: "flood"; readonly many: number; readonly length: number }
  | {
      readonly kind: "cookie";
      readonly line: string;
      readonly place: "first" | "last" | "only";
      readonly times: number;
    };

const names = fc.constantFrom("va", "videobank_sessionid", "auth_key", "VA", "", "tfa_key", "__proto__", "va ", "é");

const values = fc.oneof(
  { weight: 3, arbitrary: fc.constant("<cookie>") },
  fc.constantFrom(
    "",
    '""',
    '"quoted"',
    '"',
    "a=b=c",
    "a b",
    "a,b",
    "%",
    "%E0%A4%A",
    "é",
    "\u00ff",
    "\t",
    "\u0001",
    "\u007f",
  ),
  fc.constantFrom(
    "x".repeat(10_000),
    "deleted",
    "eyJleHAiOjF9",
    "eyJleHAiOiJ4In0",
    "bnVsbA",
    "a.b.c",
    "..",
    "<password>",
  ),
  fc.string(),
);

const attributes = fc.oneof(
  fc
    .oneof(
      fc.constantFrom(
        "-1",
        "0",
        "1",
        "",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e3",
        "0x10",
        "9".repeat(30),
        "-0",
        "1.5",
        "abc",
      ),
      fc.integer().map(String),
    )
    .map((value) => `Max-Age=${value}`),
  dates.map((date) => `Expires=${date}`),
  fc.constantFrom(
    "Max-Age",
    "Expires",
    "Domain=",
    "Domain=evil.example",
    "Path",
    "Secure",
    "HttpOnly=1",
    "",
    "=",
    "a=b;;c",
  ),
  fc.constantFrom("SameSite=None", "Partitioned", "__proto__=1", "value=x", "name=va", "max-age=1; MAX-AGE=0"),
);

const lines = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(names, values, fc.array(attributes, { maxLength: 4 }), fc.constantFrom("; ", ";", " ;  ", ", "))
      .map(([name, value, rest, by]) => [`${name}=${value}`, ...rest].join(by)),
  },
  fc.constantFrom("va", "=", ";", "; va=1", "=va", "va=1, va=2", "va==", " va = 1 ", "va;va=1", "\t", "Max-Age=0"),
);

const headerValues: Record<string, fc.Arbitrary<string>> = {
  "content-type": fc.constantFrom(
    "",
    "text/html",
    "application/json; charset=utf-16",
    "application/problem+json",
    "image/png",
    "json",
    "x".repeat(5_000),
  ),
  date: dates,
  "retry-after": fc.oneof(dates, fc.constantFrom("0", "-1", "1e9", "99999999999", "0.5", "soon", "0, 1")),
  location: fc.constantFrom(
    "",
    "/",
    "https://evil.example/?x=<password>",
    "//evil.example",
    "http://[",
    "javascript:alert(1)",
    "data:,x",
    "https://user:pass@evil.example/",
    "file:///etc/passwd",
    "?loop",
    "#",
    "\\\\evil.example",
    "https://c002.eagleeyenetworks.com/x",
  ),
  "content-length": fc.constantFrom("0", "-1", "99999999999", "abc"),
  "content-encoding": fc.constantFrom("gzip", "br", "nonsense"),
  "www-authenticate": fc.constantFrom("Basic", "Bearer", 'Digest realm="<password>"'),
};

export const headerMutations: fc.Arbitrary<HeaderMutation> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.oneof(
      ...Object.entries(headerValues).map(([name, value]) =>
        fc.record({ kind: fc.constant("set" as const), name: fc.constant(name), value }),
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("drop" as const),
      name: fc.constantFrom("set-cookie", "content-type", "date"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("flood" as const),
      many: fc.constantFrom(1, 50, 500),
      length: fc.constantFrom(0, 100, 5_000),
    }),
  },
  {
    weight: 15,
    arbitrary: fc.record({
      kind: fc.constant("cookie" as const),
      line: lines,
      place: fc.constantFrom("first" as const, "last" as const, "only" as const),
      times: fc.constantFrom(1, 1, 1, 2, 60),
    }),
  },
);

type Lines = readonly (readonly [name: string, value: string])[];

export function mutateHeaders(headers: Lines, mutation: HeaderMutation): Lines {
  const { kind } = mutation;
  if (kind === "drop") return headers.filter(([name]) => name !== mutation.name);
  if (kind === "set") return [...headers.filter(([name]) => name !== mutation.name), [mutation.name, mutation.value]];
  if (kind === "flood") {
    const value = "x".repeat(mutation.length);
    return [...headers, ...Array.from({ length: mutation.many }, (_, at) => [`x-flood-${at}`, value] as const)];
  }
  // `<cookie>` stands for the value that the vendor set.
  const real = headers.map(([, value]) => /^(?:va|videobank_sessionid|auth_key)=([^;]+)/.exec(value)?.[1]);
  const line = mutation.line.replaceAll("<cookie>", real.find((value) => value !== undefined) ?? "made-up");
  const added = Array.from({ length: mutation.times }, () => ["set-cookie", line] as const);
  if (mutation.place === "only") return [...headers.filter(([name]) => name !== "set-cookie"), ...added];
  return mutation.place === "first" ? [...added, ...headers] : [...headers, ...added];
}
