import { check, isSame, pause, same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { holdsPassword } from "./secrets/find-secrets.ts";
import { entryOf, openStore, storedSession } from "./stored-value.ts";
import type { FlowSubject } from "./subject.ts";

/** Returns the same structure with invalid values. */
function spoiled(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(spoiled);
  if (typeof data !== "object" || data === null) return { rubbish: true };
  return Object.fromEntries(Object.entries(data).map(([name, part]) => [name, spoiled(part)]));
}

export const storageClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a second session uses the first one's stored session, and does not sign in",
    async prove({ open, call, logins }) {
      const { store } = openStore();
      const first = open({ store });
      await call(first, "the first session");
      // A new credential in the response to a call is stored shortly after the response.
      await pause();
      const second = open({ store });
      same(await second.login(), first.info, "`info` of the second session, compared with the first one's");
      const [one, other] = [await first.authorization(), await second.authorization()];
      check(isSame(one, other), "authorization() of the second session is not the first one's.");
      await call(second, "a second session with the same store");
      same(logins(), 1, "logins of two sessions with one store");
    },
  },
  {
    name: "the stored value is plain JSON without the password",
    async prove({ signedIn, server: { account } }) {
      const { store, values } = openStore();
      const session = await signedIn({ store });
      const [key, text] = entryOf(values);
      const record = storedSession(text);
      same(record.vendor, session.vendor, "the vendor in the stored value");
      same(record.account, account.username, "the account in the stored value");
      check("data" in record, "the stored value has no data: a flow's data must be plain JSON, not `undefined`.");
      check(!holdsPassword(`${key}\n${text}`, account), "the stored value or its key contains the password.");
    },
  },
  {
    name: "a stored session with invalid data is not used, and is replaced",
    async prove({ open, signedIn, call, logins }) {
      const { store, values } = openStore();
      await signedIn({ store });
      const [key, text] = entryOf(values);
      const record = storedSession(text);
      const rubbish: readonly unknown[] = [null, 7, true, [], {}, [[]], spoiled(record.data), { rubbish: record.data }];
      const texts = rubbish.map((data) => JSON.stringify({ session: { ...record, data } }));
      for (const bad of [...texts, text.slice(0, -9), "", "null", "rubbish"]) {
        values.set(key, bad);
        const before = logins();
        const session = open({ store });
        let rejected = 0;
        session.on("rejected", () => void rejected++);
        const what = `a session with invalid data in the store (${shape(bad)})`;
        await call(session, what);
        same(
          rejected,
          0,
          `calls that were made with invalid data (${shape(bad)}), because the flow's parse() accepts it`,
        );
        same(logins() - before, 1, `logins of ${what}`);
        check(values.get(key) !== bad, `${what} leaves the invalid data there.`);
      }
    },
  },
];

export const identityClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "sessions of another identity do not use the stored session, and do not replace it",
    async prove({ open, signedIn, logins, call, stated }) {
      const { store } = openStore();
      const first = await signedIn({ store });
      const other = open({ store }, stated.otherIdentity);
      await call(other, "a session of another identity");
      same(logins(), 2, "logins of two identities with one store");
      await call(first, "the first identity");
      await call(open({ store }), "another session of the first identity");
      await call(open({ store }, stated.otherIdentity), "another session of the other identity");
      same(logins(), 2, "logins of four sessions of two identities");
    },
  },
];

/** Describes a text without showing its values. */
function shape(text: string): string {
  try {
    const { session } = JSON.parse(text) as { session: { data: unknown } };
    const { data } = session;
    return `data is ${data === null ? "null" : Array.isArray(data) ? "a list" : `${typeof data} with wrong parts`}`;
  } catch {
    return "not JSON";
  }
}
