import type { SessionStore } from "@vms/core";
import { check, same } from "../../checks.ts";
import type { Clause } from "../../clause.ts";
import { holds } from "../secrets/find-secrets.ts";
import { storedSession } from "../stored-value.ts";
import type { FlowSubject } from "../subject.ts";
import { advancePast, besidesCalls, secretTexts, shortLifetime, textOf } from "./virtual-time.ts";

/** A store that drops expired values by the sessions' clock. */
function expiringStore({ now }: FlowSubject): {
  readonly store: SessionStore;
  readonly kept: () => string | undefined;
} {
  const values = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  const read = (key: string) => {
    const found = values.get(key);
    return found !== undefined && now() < found.expiresAt ? found.value : undefined;
  };
  return {
    kept: () => [...values.keys()].map(read).find((value) => value !== undefined),
    store: {
      get: async (key) => read(key),
      set: async (key, value, { expiresAt = Number.POSITIVE_INFINITY } = {}) =>
        void values.set(key, { value, expiresAt }),
      delete: async (key) => void values.delete(key),
    },
  };
}

export const outlivingClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "what outlives a session stays in the store, and reaches the next login",
    async prove(subject) {
      const { signedIn, open, network, call, logins, stated } = subject;
      const { store, kept } = expiringStore(subject);
      const lifetime = shortLifetime(stated.lifetime);
      const session = await signedIn({ store, lifetime });
      const { data } = storedSession(kept() ?? "");
      await advancePast(subject, session);
      check(kept() !== undefined, "the store has dropped an expired session with data that outlives it.");
      network.clear();
      const next = open({ store, lifetime });
      await next.renew();
      const sent = besidesCalls(subject, next).map(textOf);
      const known = secretTexts(data).some((secret) => sent.some((text) => holds(text, secret)));
      check(known, "the login after the session's end sent nothing of the data that outlives it.");
      await call(next, "a call after that login");
      same(logins(), 2, "logins before and after the session's end");
    },
  },
];

export const nothingOutlivesClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a store keeps nothing of a session after its end, unless `outlives` is stated",
    async prove(subject) {
      const { store, kept } = expiringStore(subject);
      const session = await subject.signedIn({ store, lifetime: shortLifetime(subject.stated.lifetime) });
      check(kept() !== undefined, "the store has nothing of a live session.");
      await advancePast(subject, session);
      check(kept() === undefined, "the store still has the session after its end.");
    },
  },
];
