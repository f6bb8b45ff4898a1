import { isVmsError, memoryStore, type Session, type SessionEvent } from "@vms/core";
import type { VendorServer } from "@vms/simulator";
import { undocumented } from "../faults/describe.ts";
import { findLeak, printedForms } from "../leaks.ts";
import type { Fixture } from "../sign-ins/fixtures.ts";
import type { SignIn } from "../sign-ins/sign-ins.ts";
import { type CorruptingFetch, createCorruptingFetch } from "./corrupting-fetch.ts";
import { neverEnds, type Plan } from "./plan.ts";

/** Errors after which a session does not retry the same credentials by itself. */
const FINAL = new Set<string>([
  "invalid_credentials",
  "account_unavailable",
  "second_factor_required",
  "second_factor_rejected",
  "invalid_request",
  // An undocumented 4xx response to a login.
  "unexpected_response",
]);

/** The limit of operations that do not wait for a timeout, in ms. */
const HANG = 5_000;

/** The timeout of a session and its caller if only a timeout ends the run, in ms. */
const PATIENCE = 200;

/** The lifetime of sessions unless the vendor's is shorter, in ms. */
const LIFETIME = 600_000;
/** The outcome of a renewal without a login: the call has rotated the session, and the store already has the new one. */
const ADOPTED = "adopted";

/** The maximum number of prompts per login: three codes, or a face in each of three attempts. */
const QUESTIONS = 3;

/** One run: corrupts responses, and checks the results. */
export async function fuzzOnce(signIn: SignIn, fixture: Fixture, plan: Plan): Promise<string> {
  const { server, human } = fixture;
  server.reset();
  human.forget();
  const corrupting = createCorruptingFetch(fixture, signIn.passwordOptional ? "no password" : server.account.password);
  const errors: unknown[] = [];
  const store = plan.stored ? { store: memoryStore() } : {};
  const create = (): Session => {
    const session = fixture.create({
      ...store,
      baseUrl: server.baseUrl,
      credentials: server.account,
      fetch: corrupting.fetch,
      now: () => server.clock.now(),
      lifetime: LIFETIME,
      timeout: neverEnds(plan) ? PATIENCE : 2 * HANG,
      retry: { attempts: 3, minDelay: 0.1, maxDelay: 0.1, maxRetryAfter: 1 },
    });
    const note = (event: SessionEvent) => {
      if ("error" in event && event.error !== undefined) errors.push(event.error);
    };
    for (const type of ["renewal_failed", "store_failed", "logout"] as const) session.on(type, note);
    return session;
  };
  const session = create();
  const { kind, path } = plan.target;
  if (plan.live || kind !== "login") await session.login();
  if (!plan.trusted) fixture.forgetDevice?.();
  const before = human.asked;
  corrupting.aim(path, plan);
  const outcome = await spoilt(session, signIn, fixture, plan, errors, corrupting);
  corrupting.calm();
  const asked = human.asked - before;
  // A vendor that trusts the session asks for no code, so those steps are not reached.
  if (corrupting.spoilt() === 0 && !plan.trusted && outcome !== ADOPTED) throw new Error("nothing was corrupted");
  // An extension by face may fall back to a login by face.
  const most = QUESTIONS * (kind === "renewal" && signIn.asks === "video" ? 2 : 1);
  must("a human was asked", asked > most ? `${asked} times` : "");
  await stillWorks(session, server, errors);
  if (plan.stored) await stillWorks(create(), server, errors);
  must("sent twice", corrupting.singleUse.filter((one, at) => corrupting.singleUse.indexOf(one) !== at).join());
  must("shows a secret", findLeak([...errors, ...human.told].map(printedForms).join("\n"), corrupting.secrets.all()));
  // A password in the URL came from the vendor's own `Location`.
  const strayed = corrupting.strayed.map((request) => request.replace(server.account.password, ""));
  must("sent a secret away", findLeak(strayed.join("\n"), corrupting.secrets.all()));
  return outcome;
}

function spoilt(
  session: Session,
  signIn: SignIn,
  { server }: Fixture,
  plan: Plan,
  errors: unknown[],
  { secrets }: CorruptingFetch,
): Promise<string> {
  const { kind } = plan.target;
  if (kind === "login") return spoiltLogin(session, plan, errors);
  if (kind === "method") return spoiltMethod(session, signIn, plan, errors);
  if (kind === "renewal") return spoiltRenewal(session, server, errors);
  return spoiltCall(session, server, plan, errors, () => secrets.all());
}

async function spoiltLogin(session: Session, plan: Plan, errors: unknown[]): Promise<string> {
  const before = JSON.stringify(session.info);
  try {
    await bounded(plan.live ? session.renew() : session.login());
    return "success";
  } catch (error) {
    errors.push(error);
    must("a login failed", undocumented(error));
    must("a failed login changed the session", JSON.stringify(session.info) === before ? "" : "info differs");
    return isVmsError(error) ? error.code : "network";
  }
}

async function spoiltRenewal(session: Session, { clock, firstCall }: VendorServer, errors: unknown[]): Promise<string> {
  const { nextRenewal } = session.health;
  if (nextRenewal === undefined) throw new Error("no renewal is scheduled");
  clock.advance(nextRenewal - clock.now());
  const over = Promise.withResolvers<SessionEvent>();
  for (const type of ["renewed", "renewal_failed"] as const) session.on(type, over.resolve);
  const response = await bounded(session.fetch(firstCall));
  must("the call that starts a renewal", response.status === 200 ? "" : `was answered ${response.status}`);
  const event = await bounded(over.promise);
  if (event.type !== "renewal_failed") return event.type === "renewed" && event.by === "store" ? ADOPTED : "success";
  errors.push(event.error);
  must("a renewal failed", undocumented(event.error));
  must("a failed renewal", session.info === undefined ? "ended the session" : "");
  return isVmsError(event.error) ? event.error.code : "network";
}

async function spoiltMethod(session: Session, { method }: SignIn, plan: Plan, errors: unknown[]): Promise<string> {
  const never = neverEnds(plan);
  const wait = never ? { signal: AbortSignal.timeout(PATIENCE) } : {};
  try {
    await bounded(Promise.resolve(method?.run(session, wait)));
    return "success";
  } catch (error) {
    errors.push(error);
    must("a method failed", undocumented(error, never));
    return isVmsError(error) ? error.code : "network";
  }
}

async function spoiltCall(
  session: Session,
  server: VendorServer,
  plan: Plan,
  errors: unknown[],
  secrets: () => ReadonlySet<string>,
): Promise<string> {
  const never = neverEnds(plan);
  const signal = never ? AbortSignal.timeout(PATIENCE) : null;
  try {
    const response = await bounded(session.fetch(server.firstCall, { signal }));
    must("a response has Set-Cookie", response.headers.has("set-cookie") ? "it has" : "");
    must("a response's address", findLeak(response.url.replace(server.account.password, ""), secrets()));
    await bounded(response.arrayBuffer().catch(() => undefined));
    return "response";
  } catch (error) {
    errors.push(error);
    must("a call failed", undocumented(error, never));
    return isVmsError(error) ? error.code : "network";
  }
}

/** Checks that the next call works with an intact vendor, after at most one login. Refused credentials need `renew()`. */
async function stillWorks(session: Session, server: VendorServer, errors: unknown[]): Promise<void> {
  const before = server.logins;
  const call = () => bounded(session.fetch(server.firstCall));
  try {
    let response = await call().catch((error: unknown) => {
      // After a failed login, the session pauses.
      if (!isVmsError(error) || error.retryAfter === undefined) throw error;
      server.clock.advance(error.retryAfter);
      return call();
    });
    if (response.status === 401) {
      // The failed login has ended the live session, and the session passes on rejections during the pause.
      server.clock.advance(360_000);
      response = await call();
    }
    must("the next call", response.status === 200 ? "" : `was answered ${response.status}`);
  } catch (error) {
    errors.push(error);
    if (!isVmsError(error) || !FINAL.has(error.code)) throw error;
    await bounded(session.renew());
    const response = await bounded(session.fetch(server.firstCall));
    must("a call after renew()", response.status === 200 ? "" : `was answered ${response.status}`);
  }
  must("the next call", server.logins - before > 1 ? `took ${server.logins - before} logins` : "");
}

function must(what: string, problem: string): void {
  if (problem !== "") throw new Error(`${what}: ${problem}`);
}

async function bounded<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it hangs: nothing after ${HANG} ms`)), HANG);
  });
  try {
    return await Promise.race([promise, hang]);
  } finally {
    clearTimeout(timer);
  }
}
