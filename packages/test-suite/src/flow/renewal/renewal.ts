import { check, same } from "../../checks.ts";
import type { Clause } from "../../clause.ts";
import { holds, holdsPassword } from "../secrets/find-secrets.ts";
import { openStore } from "../stored-value.ts";
import type { FlowSubject } from "../subject.ts";
import { afterLogin, lasts } from "./lifetimes.ts";
import { advanceTo, besidesCalls, keptSession, renewEarly, shortLifetime, textOf } from "./virtual-time.ts";

/** The ways in which a vendor may refuse an extension. */
const REFUSALS = [400, 401, 403];

/** A value for the option `lifetime`, if the server's lifetime is unknown or too long for the idle timeout. */
function optionsOf({ stated: { lifetime } }: FlowSubject): { readonly lifetime?: number } {
  const short = shortLifetime(lifetime);
  return short === lifetime?.expiresIn ? {} : { lifetime: short };
}

export const renewalClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a session that is extended still works after its first credential has expired, without a login",
    async prove(subject) {
      const { call, logins, advance, now } = subject;
      const { session } = await keptSession(subject, optionsOf(subject));
      const { expiresAt: firstEnd = 0 } = session.info ?? {};
      same(await renewEarly(subject, session), "extend", "how a session was renewed shortly before its end");
      check((session.info?.expiresAt ?? 0) > firstEnd, "an extension did not move the session's end.");
      await advance(firstEnd - now() + 1_000);
      await call(session, "a call after the first credential's end");
      same(logins(), 1, "logins of a session that was extended");
    },
  },
  {
    name: "an extension uses the current credential",
    async prove(subject) {
      const { session, secrets } = await keptSession(subject, optionsOf(subject));
      const first = await secrets();
      same(await renewEarly(subject, session), "extend", "how a session was renewed");
      const current = await secrets();
      same(await renewEarly(subject, session), "extend", "how an extended session was renewed");
      const sent = besidesCalls(subject, session).map(textOf);
      check(sent.length > 0, "an extension sent nothing besides the call.");
      check(
        sent.some((text) => current.some((secret) => holds(text, secret))),
        "an extension sent no secret of the current credential.",
      );
      const stale = first.filter((secret) => !current.includes(secret));
      const isStale = sent.some((text) => stale.some((secret) => holds(text, secret)));
      check(!isStale, "an extension sent a secret that an earlier extension had replaced.");
    },
  },
  {
    name: "a session can be extended twice in a row, and calls work after each extension",
    async prove(subject) {
      const { call, logins, open } = subject;
      const { store } = openStore();
      const options = { store, ...optionsOf(subject) };
      const session = await subject.signedIn(options);
      for (const which of ["first", "second", "third"]) {
        same(await renewEarly(subject, session), "extend", `how a session was renewed the ${which} time`);
        await call(session, `a call after the ${which} extension`);
      }
      await call(open(options), "another session with the same store");
      same(logins(), 1, "logins of a session that was extended three times, and of another with the same store");
    },
  },
  {
    name: "renew() signs in by password, although the session can be extended",
    async prove({ signedIn, network, call, logins, server: { account } }) {
      const session = await signedIn();
      network.clear();
      await session.renew();
      const byPassword = network.sent.some((request) => holdsPassword(textOf(request), account));
      check(byPassword, "renew() did not send the password.");
      same(logins(), 2, "logins after renew()");
      await call(session, "a call after renew()");
    },
  },
  {
    name: "an extension that the server refuses leads to one login, and calls continue",
    async prove(subject) {
      const { call, logins, server } = subject;
      for (const status of REFUSALS) {
        const before = logins();
        const { session } = await keptSession(subject, optionsOf(subject));
        let signsIn = false;
        const stop = session.on("login_started", () => {
          signsIn = true;
        });
        const by = await renewEarly(subject, session, () =>
          signsIn ? undefined : Response.json({ error: "made up" }, { status }),
        );
        stop();
        same(by, "login", `how a session was renewed after a refusal (${status})`);
        await call(session, "a call after an extension that was refused");
        same(logins() - before, 2, `logins before and after an extension that was refused (${status})`);
      }
      const before = logins();
      const { session } = await keptSession(subject, optionsOf(subject));
      await server.revokeAll();
      same(await renewEarly(subject, session), "login", "how a session was renewed that the server had ended");
      await call(session, "a call after the renewal of a session that the server had ended");
      same(logins() - before, 2, "logins of a session that the server had ended");
    },
  },
  {
    name: "an extended session lasts as long as the server grants",
    async prove(subject) {
      const { expiresIn, extendedFor = expiresIn, idleTimeout } = subject.stated.lifetime ?? {};
      const options = optionsOf(subject);
      const { session, record } = await keptSession(subject, options);
      same(await renewEarly(subject, session), "extend", "how a session was renewed");
      const granted = Math.min(extendedFor ?? Number.POSITIVE_INFINITY, options.lifetime ?? Number.POSITIVE_INFINITY);
      const stored = await record();
      lasts(afterLogin(stored, "expiresAt"), granted, "the lifetime of an extended session");
      lasts(stored.idleTimeout, idleTimeout, "the idle timeout of an extended session");
    },
  },
];

export const noExtensionClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a session is renewed by a login, unless `extends` is stated",
    async prove(subject) {
      const lifetime = shortLifetime(subject.stated.lifetime);
      const session = await subject.signedIn({ lifetime });
      same(await renewEarly(subject, session), "login", "how a session was renewed shortly before its end");
      same(subject.logins(), 2, "logins after a renewal");
      await advanceTo(subject, session, -1_000);
      await subject.call(session, "a call after the renewed session's end");
      same(subject.logins(), 3, "logins after the renewed session's end");
    },
  },
];
