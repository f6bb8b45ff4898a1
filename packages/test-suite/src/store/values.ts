import { check, isSame, same, show } from "../checks.ts";
import type { Clause } from "../clause.ts";
import type { StoreSubject } from "./subject.ts";

const TEXTS: Readonly<Record<string, string>> = {
  "plain text": "a session",
  "an empty text": "",
  JSON: '{"vendor":"acme","data":{"token":"\\"quoted\\"","n":1.5,"none":null}}',
  quotes: `'single' "double" \`back\` \\ $1 %s %2F {0}`,
  "line ends and tabs": "one\ntwo\r\nthree\rfour\tfive\n",
  "spaces at both ends": "  a session \n ",
  "a byte order mark": "\uFEFFa session",
  "text of many scripts": "Grüße, 東京, Здравствуйте, שלום, 🎥👩‍👩‍👧‍👦",
  "two ways to write é": "caf\u00e9 cafe\u0301",
  "what could be a number": "0012e3",
  "what could be nothing": "undefined",
  "100 KB": "0123456789abcdef".repeat(6_400),
};

// Names that a careless store confuses with each other, or with a path, a pattern or an existing property.
const NAMES: readonly string[] = [
  ...["a", "A", "a/b", "a\\b", "a:b", "a|b", "a.b", "a b", "a+b", "a%2Fb", "a%7Cb", "a*", "a?", "[a]", "a\nb"],
  ...["é", "e\u0301", "../x", "..", ".", "/x", "x/", "x//", "con", "nul.txt", "~", "-rf", "#", "'; --"],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", `${"k".repeat(1_000)}1`, `${"k".repeat(1_000)}2`],
];

export const valueClauses: readonly Clause<StoreSubject>[] = [
  {
    name: "a key that was never set has no value",
    async prove({ store, key }) {
      same(await store.get(key()), undefined, "get of a new key");
    },
  },
  {
    name: "values round-trip unchanged",
    async prove({ store, key }) {
      for (const [what, text] of Object.entries(TEXTS)) {
        await store.set(key(what), text);
        same(await store.get(key(what)), text, `get of ${what}`);
      }
    },
  },
  {
    name: "a later value replaces the whole earlier value, even if it is shorter",
    async prove({ store, key }) {
      for (const text of ["first", "a second one that is longer", "3"]) {
        await store.set(key(), text);
        same(await store.get(key()), text, "get after another set");
      }
    },
  },
  {
    name: "a deleted value is gone, and can be set again",
    async prove({ store, key }) {
      await store.set(key(), "first");
      await store.delete(key());
      same(await store.get(key()), undefined, "get after delete");
      await store.set(key(), "second");
      same(await store.get(key()), "second", "get after delete and set");
    },
  },
  {
    name: "deleting a missing key is no error",
    async prove({ store, key }) {
      await store.delete(key("never set"));
      await store.set(key("one"), "value");
      await store.delete(key("one"));
      await store.delete(key("one"));
    },
  },
  {
    name: "keys that differ in one character are separate, and a key can contain any character",
    async prove({ store, key }) {
      const keys = [...NAMES.map((name) => key(name)), ...NAMES.map((name) => key(name, true))];
      for (const [index, name] of keys.entries()) {
        const met = await store.get(name);
        check(met === undefined, `get of ${show(name)} is ${show(met)} before anything was set under it.`);
        await store.set(name, `value ${index}`);
      }
      for (const [index, name] of keys.entries()) same(await store.get(name), `value ${index}`, `get of ${show(name)}`);
      for (const [index, name] of keys.entries()) {
        await store.delete(name);
        const next = keys[index + 1];
        if (next !== undefined) {
          same(await store.get(next), `value ${index + 1}`, `get of ${show(next)} after delete of ${show(name)}`);
        }
      }
    },
  },
  {
    name: "a value that expires in the future can be read now",
    async prove({ store, key }) {
      for (const [what, ahead] of Object.entries({ "a minute": 60_000, "a part of a ms": 60_000.25, years: 1e11 })) {
        await store.set(key(what), "value", { expiresAt: Date.now() + ahead });
        same(await store.get(key(what)), "value", `get of a value that expires in ${what}`);
      }
    },
  },
  {
    name: "an expired value is no error, and can be replaced",
    async prove({ store, key }) {
      for (const expiresAt of [1, Date.now() - 1_000]) {
        await store.set(key(), "old", { expiresAt });
        const met = await store.get(key());
        check(met === undefined || met === "old", `get of an expired value is ${show(met)}.`);
        await store.set(key(), "new");
        same(await store.get(key()), "new", "get after a set without an expiry");
      }
    },
  },
  {
    name: "later changes do not affect given options and returned values",
    async prove({ store, key }) {
      const options = { expiresAt: Date.now() + 60_000 };
      await store.set(key(), "first", options);
      options.expiresAt = 1;
      const read = await store.get(key());
      same(read, "first", "get after the options of set have changed");
      await store.set(key(), "second", Object.freeze({ expiresAt: Date.now() + 60_000 }));
      check(typeof read === "string" && read === "first", "a later set has changed a returned value.");
    },
  },
  {
    name: "concurrent calls do not interfere",
    async prove({ store, key }) {
      const texts = Array.from({ length: 20 }, (_, index) => `${index} `.repeat(500 - 20 * index));
      await Promise.all(texts.map((text, index) => store.set(key(`${index}`), text)));
      const got = await Promise.all(texts.map((_, index) => store.get(key(`${index}`))));
      check(isSame(got, texts), "values that were set concurrently are missing, or have changed places.");
      await Promise.all(texts.map((text) => store.set(key("one"), text)));
      const one = await store.get(key("one"));
      check(one !== undefined && texts.includes(one), "after concurrent sets of one key, its value is none of them.");
    },
  },
  {
    name: "a second handle sees what the first handle sets, replaces and deletes",
    async prove({ store, again, key }) {
      const other = await again?.();
      if (other === undefined) return;
      await store.set(key(), "first");
      same(await other.get(key()), "first", "get by the second handle after set by the first");
      await store.set(key(), "second");
      same(await other.get(key()), "second", "get by the second handle after another set by the first");
      await other.set(key(), "third");
      same(await store.get(key()), "third", "get by the first handle after set by the second");
      await store.delete(key());
      same(await other.get(key()), undefined, "get by the second handle after delete by the first");
    },
  },
];
