import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutPairs, withoutSearchParams, withSearchParams } from "../../src/net/search-params.ts";

const SECRET = "made-up-secret";
const names = fc.constantFrom("A", "sid", "a b", "ü", "x+y", "k&=", "100%");
/** A parameter name in any encoding that a query can contain. */
const encoded = (name: string) =>
  fc.array(fc.constantFrom("plain", "upper", "lower", "plus"), { minLength: 1, maxLength: 9 }).map((ways) =>
    [...name]
      .map((sign, index) => {
        const way = ways[index % ways.length];
        if (way === "plus" && sign === " ") return "+";
        if (way === "plain" && /[\w-]/.test(sign)) return sign;
        const bytes = [...new TextEncoder().encode(sign)];
        const hex = bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
        return way === "lower" ? hex : hex.toUpperCase();
      })
      .join(""),
  );
const other = fc.oneof(
  fc.tuple(fc.string(), fc.string()).map(([name, value]) => new URLSearchParams([[`o${name}`, value]]).toString()),
  fc.constantFrom("", "o", "o=", "o=%zz", "o=%FF", "%", "=", "o==", "o=?"),
);
const urls = fc.record({
  path: fc.constantFrom(
    "https://vendor.example/",
    "https://vendor.example/a/b%20c",
    "https://vendor.example/a;b=?".slice(0, -1),
  ),
  name: names,
  before: fc.array(other, { maxLength: 4 }),
  after: fc.array(other, { maxLength: 4 }),
  hash: fc.constantFrom("", "#", "#top", "#a?A=1&b"),
});

const notOf = (url: URL, name: string) =>
  [...url.searchParams].filter(([key, value]) => key !== name && !(key === "" && value === ""));

test("withoutQuery removes a parameter in any encoding of its name, and keeps all others", () => {
  const cases = urls.chain((parts) => fc.record({ parts: fc.constant(parts), key: encoded(parts.name) }));
  fc.assert(
    fc.property(cases, ({ parts: { path, name, before, after, hash }, key }) => {
      const { href } = new URL(
        `${path}?${[...before, `${key}=${SECRET}`, ...after, `${key}=${SECRET}`].join("&")}${hash}`,
      );
      const rest = withoutSearchParams(href, [name]);
      expect(rest).not.toContain(SECRET);
      expect(new URL(rest).searchParams.has(name)).toBe(false);
      expect(notOf(new URL(rest), name)).toEqual(notOf(new URL(href), name));
      expect(new URL(rest).hash).toBe(new URL(href).hash);
      expect(new URL(rest).pathname).toBe(new URL(href).pathname);
    }),
    { numRuns: 1000 },
  );
});

test("withQuery keeps one parameter of the name, with the credential's value, and all others", () => {
  const cases = urls.chain((parts) => fc.record({ parts: fc.constant(parts), key: encoded(parts.name) }));
  fc.assert(
    fc.property(cases, fc.string({ minLength: 1 }), ({ parts: { path, name, before, after, hash }, key }, value) => {
      const { href } = new URL(`${path}?${[...before, `${key}=mine`, ...after].join("&")}${hash}`);
      const url = new URL(withSearchParams(href, new URLSearchParams([[name, value]]).toString(), [name]));
      expect(url.searchParams.getAll(name)).toEqual([new URLSearchParams([["", value]]).get("")]);
      expect(notOf(url, name)).toEqual(notOf(new URL(href), name));
      expect(url.pathname).toBe(new URL(href).pathname);
    }),
    { numRuns: 1000 },
  );
});

test("withoutQuery removes what withQuery added", () => {
  fc.assert(
    fc.property(names, fc.string({ minLength: 1, unit: "binary" }), (name, value) => {
      const query = new URLSearchParams([[name, value]]).toString();
      const url = withSearchParams("https://vendor.example/a?b=1", query, [name]);
      expect(withoutSearchParams(url, [name])).toBe("https://vendor.example/a?b=1");
      expect(withoutSearchParams(new URL(url).href, [name])).toBe("https://vendor.example/a?b=1");
    }),
  );
});

for (const [url, names, rest] of [
  ["https://vendor.example/", ["A"], "https://vendor.example/"],
  ["https://vendor.example/?", ["A"], "https://vendor.example/"],
  ["https://vendor.example/?A=1", ["A"], "https://vendor.example/"],
  ["https://vendor.example/?A", ["A"], "https://vendor.example/"],
  ["https://vendor.example/?A=1#top", ["A"], "https://vendor.example/#top"],
  ["https://vendor.example/?a=1&A=2&AA=3", ["A"], "https://vendor.example/?a=1&AA=3"],
  ["https://vendor.example/?A=1&B=2&c=3", ["A", "B"], "https://vendor.example/?c=3"],
  ["https://vendor.example/?c=A=1", ["A"], "https://vendor.example/?c=A=1"],
  ["https://vendor.example/?c=1", [], "https://vendor.example/?c=1"],
  ["", ["A"], ""],
] as const) {
  test(`without ${names.join(" and ") || "nothing"}, ${url || "nothing"} is ${rest || "nothing"}`, () => {
    expect(withoutSearchParams(url, names)).toBe(rest);
  });
}

// A URL drops tabs and line ends anywhere, which makes the name that of the credential.
for (const name of ["\tA", "A\r\n", "%4\t1"]) {
  test(`withQuery recognises the name in ${JSON.stringify(name)} as a URL does`, () => {
    const url = withSearchParams(`https://vendor.example/a?${name}=mine&b=1`, "A=theirs", ["A"]);
    expect(new URL(url).searchParams.getAll("A")).toEqual(["theirs"]);
  });
}

test("withoutPairs removes a parameter from any text, however deeply its URL is encoded, and changes no other text", () => {
  const nested = fc.record({
    parts: urls,
    depth: fc.integer({ min: 0, max: 4 }),
    around: fc.constantFrom(["", ""], ["5; url='", "'"], ["<", '>; rel="next"'], ['{"url":"', '"}']),
  });
  const cases = nested.chain((all) => fc.record({ all: fc.constant(all), key: encoded(all.parts.name) }));
  fc.assert(
    fc.property(cases, ({ all: { parts, depth, around }, key }) => {
      let text = `/zones?${[...parts.before, `${key}=${SECRET}`, ...parts.after].join("&")}`;
      for (let n = 0; n < depth; n++) text = `/login?to=${encodeURIComponent(text)}&b=1`;
      const shown = withoutPairs(around.join(text), { [parts.name]: "another value" });
      expect(shown).not.toContain(SECRET);
      expect(shown).toContain(depth === 0 ? "/zones" : "/login?to=");
      expect(withoutPairs(shown, { [parts.name]: "another value" })).toBe(shown);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
      expect(withoutPairs(text, { "a name that no text has": "nor this value" })).toBe(text);
    }),
  );
});

test.each(["%", "%zz", "%FF", "%25", "+", "%2B%"])("withoutPairs finds a parameter next to %s", (odd) => {
  const inner = encodeURIComponent(`/zones?A=${SECRET}&b=1`);
  for (const text of [`/login?to=${odd}${inner}`, `/${inner}${odd}`, `/zones?b=${odd}&A=${SECRET}${odd}`]) {
    expect(withoutPairs(text, { A: "another value" })).not.toContain(SECRET);
  }
});
