import type { Session } from "@vms/core";
import { check, pause, within } from "../../checks.ts";
import { CLAUSE_TIMEOUT } from "../../clause.ts";
import type { GrantedLifetime } from "../contract-options.ts";
import type { Fault, Sent } from "../network.ts";
import { goesTo } from "../rejection.ts";
import { entryOf, openStore, storedSession } from "../stored-value.ts";
import type { FlowSubject } from "../subject.ts";

/** The lifetime, in ms, for clauses that need one although the server grants none. */
const ANY_LIFETIME = 600_000;

/** The tolerance of a lifetime, in ms. Servers round to seconds, and a flow may leave a margin. */
export function tolerance(granted: number): number {
  return Math.max(Math.min(5_000, granted / 4), granted / 20);
}

/** Returns a lifetime within the idle timeout, in ms. */
export function shortLifetime({
  expiresIn = ANY_LIFETIME,
  idleTimeout = Number.POSITIVE_INFINITY,
}: GrantedLifetime = {}): number {
  return Math.min(expiresIn, idleTimeout / 2);
}

/** Returns the end of the session, in ms since the epoch. */
function endOf({ info }: Session): number {
  check(info?.expiresAt !== undefined, "the session has no `expiresAt`.");
  return info.expiresAt;
}

/** Moves the clocks to `ms` before the session's end, or after it if `ms` is negative. */
export function advanceTo({ advance, now }: FlowSubject, session: Session, ms: number): Promise<void> {
  return advance(endOf(session) - ms - now());
}

/** Moves the clocks past the time until which the session is used or extended. */
export function advancePast({ advance, now }: FlowSubject, { info }: Session): Promise<void> {
  const { expiresAt = now(), extendableUntil = expiresAt } = info ?? {};
  return advance(Math.max(expiresAt, extendableUntil) - now() + 1_000);
}

/** How a session was renewed. */
export type RenewedBy = "login" | "extend" | "store" | "cookies" | "failed" | "not";

/** The path of a call that the contract answers itself, so that no new credential in a response interferes with the renewal. */
const STARTS_RENEWAL = "made-up-and-answered";

/**
 * Moves the clocks to shortly before the session's end, and makes a call, which starts a renewal.
 * @param fault of the renewal's requests.
 */
export async function renewEarly(subject: FlowSubject, session: Session, fault?: Fault): Promise<RenewedBy> {
  const { network, now, stated } = subject;
  const renewal = Promise.withResolvers<RenewedBy>();
  const stop = [
    session.on("renewed", ({ by }) => renewal.resolve(by)),
    session.on("renewal_failed", () => renewal.resolve("failed")),
    session.on("login", () => renewal.resolve("login")),
  ];
  const { issuedAt = now() } = session.info ?? {};
  await advanceTo(subject, session, (endOf(session) - issuedAt) / 100);
  network.clear();
  network.meet((request) =>
    goesTo(request, STARTS_RENEWAL, session) ? Response.json({ made: "up" }) : fault?.(request),
  );
  await (await session.fetch(STARTS_RENEWAL)).arrayBuffer();
  // Shorter than the clause's limit, so that the clause reports the missing renewal.
  const by = await within(renewal.promise, (stated.timeout ?? CLAUSE_TIMEOUT) / 4, "").catch(() => "not" as const);
  network.meet(undefined);
  for (const one of stop) one();
  return by;
}

/** A session with a store, and its stored data. */
export interface Kept {
  readonly session: Session;
  /** Returns the stored session. A new credential in a response is stored shortly after the response. */
  readonly record: () => Promise<Readonly<Record<string, unknown>>>;
  /** Returns the secrets of the stored data. */
  readonly secrets: () => Promise<readonly string[]>;
}

/** Signs in with a store. */
export async function keptSession(subject: FlowSubject, options: { readonly lifetime?: number } = {}): Promise<Kept> {
  const { store, values } = openStore();
  const session = await subject.signedIn({ store, ...options });
  const record = async () => {
    await pause();
    return storedSession(entryOf(values)[1]);
  };
  return { session, record, secrets: async () => secretTexts((await record()).data) };
}

/** Returns the texts in plain JSON that are long enough to be secrets. */
export function secretTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return value.length >= 8 ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(secretTexts) : [];
}

/** Returns all content of a request as text. */
export function textOf({ url, headers, body }: Sent): string {
  return [url, ...headers.values(), body].join("\n");
}

/** Returns the requests of a login, an extension or a sign-out. */
export function besidesCalls({ network, server }: FlowSubject, session: Session): readonly Sent[] {
  return network.sent.filter(
    (request) => ![server.firstCall, STARTS_RENEWAL].some((call) => goesTo(request, call, session)),
  );
}
