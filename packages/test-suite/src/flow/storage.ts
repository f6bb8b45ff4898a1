import { check, isSame, pause, same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import { holdsPassword } from "./find-secrets.ts";
import { entryOf, openStore, storedSession } from "./stored-value.ts";
import type { FlowSubject } from "./subject.ts";

/** The same structure with an invalid value in each place. */
function spoiled(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(spoiled);
  if (typeof data !== "object" || data === null) return { rubbish: true };
  return Object.fromEntries(Object.entries(data).map(([name, part]) => [name, spoiled(part)]));
}

export const storageClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a second session takes the first one's out of the store, and makes no login",
    async prove({ open, call, logins }) {
      const { store } = openStore();
      const first = open({ store });
      await call(first, "the first session");
      // A new credential that the vendor returns with a call is stored shortly afterwards.
      await pause();
      const second = open({ store });
      same(await second.login(), first.info, "`info` of the second session, beside the first one's");
      const [one, other] = [await first.authorization(), await second.authorization()];
      check(isSame(one, other), "authorization() of the second session is not the first one's.");
      await call(second, "a second session with the same store");
      same(logins(), 1, "logins of two sessions with one store");
    },
  },
  {
    name: "what is stored is plain JSON, without the password",
    async prove({ signedIn, server: { account } }) {
      const { store, values } = openStore();
      const session = await signedIn({ store });
      const [key, text] = entryOf(values);
      const record = storedSession(text);
      same(record.vendor, session.vendor, "the vendor of what is stored");
      same(record.account, account.username, "the account of what is stored");
      check("data" in record, "what is stored has no data: a flow's data must be plain JSON, not `undefined`.");
      check(!holdsPassword(`${key}\n${text}`, account), "what is stored, or its key, holds the password.");
    },
  },
  {
    name: "a stored session whose data is rubbish is not used, but replaced",
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
        const what = `a session with rubbish in the store (${shape(bad)})`;
        await call(session, what);
        same(
          rejected,
          0,
          `calls that were made with what is rubbish (${shape(bad)}): the flow's parse() lets it pass, so`,
        );
        same(logins() - before, 1, `logins of ${what}`);
        check(values.get(key) !== bad, `${what} leaves the rubbish there.`);
      }
    },
  },
];

/** Describes a text without showing its values. */
function shape(text: string): string {
  try {
    const { session } = JSON.parse(text) as { session: { data: unknown } };
    const { data } = session;
    return `data is ${data === null ? "null" : Array.isArray(data) ? "a list" : `${typeof data} of wrong parts`}`;
  } catch {
    return "no JSON";
  }
}
