import { check, same } from "../../checks.ts";
import type { Clause } from "../../clause.ts";
import { goesTo } from "../rejection.ts";
import { credentialsOf } from "../secrets/collect-secrets.ts";
import { holds } from "../secrets/find-secrets.ts";
import type { FlowSubject } from "../subject.ts";
import { advanceTo, keptSession, shortLifetime, textOf, tolerance } from "./virtual-time.ts";

/** A century, in ms. A flow whose session can always be extended returns `Infinity`, which a store cannot keep. */
const FOREVER = 100 * 365 * 86_400_000;

/** Compares a duration of a session with the granted one, both in ms. */
export function lasts(actual: unknown, granted: number | undefined, what: string): void {
  if (granted === undefined) {
    check(actual === undefined, `${what} is ${show(actual)}, but \`lifetime\` in the options grants none.`);
    return;
  }
  if (granted === Number.POSITIVE_INFINITY) {
    check(typeof actual === "number" && actual > FOREVER, `${what} is ${show(actual)}, but the server states no end.`);
    return;
  }
  const near = typeof actual === "number" && Math.abs(actual - granted) <= tolerance(granted);
  check(near, `${what} is ${show(actual)}, but the server grants ${granted} ms.`);
}

function show(actual: unknown): string {
  return typeof actual === "number" ? `${Math.round(actual)} ms` : String(actual);
}

/** Returns how long after the login a time of the record is, in ms. */
export function afterLogin(record: Readonly<Record<string, unknown>>, field: string): number | undefined {
  const { issuedAt, [field]: at } = record;
  return typeof at === "number" && typeof issuedAt === "number" ? at - issuedAt : undefined;
}

export const lifetimeClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a session lasts as long as the server grants, and has no limit that the server does not grant",
    async prove(subject) {
      const { expiresIn, expiresHint, idleTimeout, extendableFor } = subject.stated.lifetime ?? {};
      const { session, record } = await keptSession(subject);
      const { info } = session;
      const stored = await record();
      lasts(info?.expiresAt && info.expiresAt - info.issuedAt, expiresIn, "the lifetime of `info`");
      lasts(info?.idleTimeout, idleTimeout, "the idle timeout of `info`");
      lasts(afterLogin(stored, "expiresAt"), expiresIn, "the lifetime of the stored session");
      lasts(afterLogin(stored, "expiresHint"), expiresHint, "the hint at the lifetime of the stored session");
      lasts(stored.idleTimeout, idleTimeout, "the idle timeout of the stored session");
      lasts(
        afterLogin(stored, "extendableUntil"),
        extendableFor,
        "the time in which the stored session can be extended",
      );
    },
  },
  {
    name: "a call before the session's end uses it, and a call after the end is not sent with the old credential",
    async prove(subject) {
      const { signedIn, stated, call, logins, network, server } = subject;
      const lifetime = shortLifetime(stated.lifetime);
      const session = await signedIn({ lifetime, renewBefore: 1 });
      await advanceTo(subject, session, tolerance(lifetime));
      await call(session, "a call before the session's end");
      same(logins(), 1, "logins before the session's end");
      const old = credentialsOf(await session.authorization(), server.account);
      await advanceTo(subject, session, -1_000);
      network.clear();
      await call(session, "a call after the session's end");
      const [first] = network.sent;
      const isCall = first !== undefined && goesTo(first, server.firstCall, session);
      const isOld = old.some((secret) => holds(first === undefined ? "" : textOf(first), secret));
      check(!(isCall && isOld), "a call after the session's end was sent with the old credential.");
      check(logins() <= 2, `a call after the session's end cost ${logins() - 1} logins.`);
    },
  },
];

export const idleClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "each call restarts the idle timeout, and a session that was idle for longer is not used",
    async prove(subject) {
      const { signedIn, stated, call, logins, advance, network, server } = subject;
      const { idleTimeout = 0, expiresIn = Number.POSITIVE_INFINITY } = stated.lifetime ?? {};
      const session = await signedIn({ renewBefore: 1 });
      const nearly = idleTimeout - tolerance(idleTimeout);
      const tooLong = idleTimeout + tolerance(idleTimeout);
      // The last pause must end before the credential does.
      for (let used = nearly; used + tooLong < expiresIn && used <= 3 * nearly; used += nearly) {
        await advance(nearly);
        await call(session, "a call before the idle timeout");
        same(logins(), 1, "logins before the idle timeout");
      }
      const old = credentialsOf(await session.authorization(), server.account);
      await advance(tooLong);
      network.clear();
      await call(session, "a call after the idle timeout");
      const sent = network.sent.filter((request) => goesTo(request, server.firstCall, session));
      const isOld = sent.some((request) => old.some((secret) => holds(textOf(request), secret)));
      check(!isOld, "a call after the idle timeout was sent with the old credential.");
    },
  },
];
