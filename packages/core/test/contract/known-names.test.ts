import { expect, test } from "vitest";
import { EVENT_NAMES } from "../../src/contract/events/session-events.ts";
import { createSession } from "../../src/flow.ts";
import { encryptedStore, InvalidOptions, memoryStore, type Session } from "../../src/index.ts";
import { fileStore, nodeFetch } from "../../src/node.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

/** The message of the error that a call throws, without the package's name. */
function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidOptions);
    return (error as Error).message.replace(/^\[@vms\/[\w-]+\] /, "");
  }
  throw new Error("nothing was thrown");
}

const withOptions = (options: object) => () =>
  createSession(fakeVendor().flow, { credentials: CREDENTIALS, ...options });

for (const [typo, option] of [
  ["timout", "timeout"],
  ["Timeout", "timeout"],
  ["timeoutMs", "timeout"],
  ["renewbefore", "renewBefore"],
  ["idleTimeOut", "idleTimeout"],
  ["allowInsecureHTTP", "allowInsecureHttp"],
  ["useragent", "userAgent"],
] as const) {
  test(`an option \`${typo}\` is an error that names \`${option}\``, () => {
    expect(refusalOf(withOptions({ [typo]: 1 }))).toBe(`there is no option \`${typo}\`. Did you mean \`${option}\`?`);
  });
}

test("an unknown option is an error even if its value is undefined", () => {
  expect(refusalOf(withOptions({ timout: undefined }))).toMatch(/`timeout`/);
});

test("an option that resembles no other is an error that lists all options", () => {
  expect(refusalOf(withOptions({ headers: {} }))).toMatch(
    /^there is no option `headers`\. Use one of `baseUrl`, .*`now`\.$/,
  );
});

test("a long name is truncated, and its value is never shown", () => {
  const message = refusalOf(withOptions({ ["x".repeat(500)]: "made-up-secret" }));
  expect(message.length).toBeLessThan(400);
  expect(message).not.toContain("made-up-secret");
});

test("an inherited name is not an option", () => {
  expect(refusalOf(withOptions({ toString: 1 }))).toMatch(/no option `toString`/);
  expect(refusalOf(withOptions(JSON.parse('{ "__proto__": 1 }')))).toMatch(/no option `__proto__`/);
});

for (const [where, run, names] of [
  ["retry", withOptions({ retry: { attemps: 2 } }), "attempts"],
  ["encryptedStore", () => encryptedStore(memoryStore(), { keys: "a passphrase" } as never), "key"],
  ["fileStore", () => fileStore({ dir: "x", direktory: "y" } as never), "directory"],
  ["nodeFetch", () => nodeFetch({ proxyUrl: "http://127.0.0.1:1", prox: "" } as never), "proxy"],
] as const) {
  test(`an unknown option of \`${where}\` is an error that names \`${where}\``, () => {
    expect(refusalOf(run)).toMatch(new RegExp(`^\`${where}\`: there is no option .*\`${names}\``));
  });
}

const session: Session = fakeVendor().session();

test("an event that does not exist is an error that names the closest one", () => {
  for (const [typo, event] of [
    ["log-in", "login"],
    ["loggedout", "logout"],
    ["renewalFailed", "renewal_failed"],
    ["reject", "rejected"],
    ["storefailed", "store_failed"],
  ]) {
    const message = refusalOf(() => session.on(typo as never, () => {}));
    expect(message).toBe(`\`on\`: there is no event \`${typo}\`. Did you mean \`${event}\`?`);
  }
});

test("an event that resembles no other, or is not a string, is an error that lists all events", () => {
  for (const wrong of ["zzzzzzzzzz", "constructor", 7, undefined, null, Symbol("login")]) {
    const message = refusalOf(() => session.on(wrong as never, () => {}));
    for (const name of EVENT_NAMES) expect(message).toContain(`\`${name}\``);
  }
});

test("each event accepts a listener", () => {
  for (const name of EVENT_NAMES) expect(session.on(name as "login", () => {})).toBeTypeOf("function");
});

test("a listener that is not a function is an error", () => {
  expect(refusalOf(() => session.on("login", "listener" as never))).toBe(
    "`on`: the listener of `login` must be a function.",
  );
});
