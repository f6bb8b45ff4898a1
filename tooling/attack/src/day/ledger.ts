import type { ReceivedRequest } from "@vms/simulator";
import type { DayPlan } from "./plan.ts";

/** A login with a wrong password, as the simulator received it. */
interface WrongLogin {
  readonly at: number;
  readonly worker: number;
  readonly account: string;
  readonly password: string;
  readonly isStoreAway: boolean;
}

/** The sender of a request: a worker, the foreign program, or the administrator who changes passwords. */
export type Sender = number | "foreign" | "administrator";

/** Counts of the simulator's requests and their statuses, by account, pair and worker. */
export interface Ledger {
  readonly wrong: WrongLogin[];
  /** Successful logins of the fleet, and of the foreign program. */
  logins: number;
  foreignLogins: number;
  /** The times of the fleet's successful logins, by account. */
  readonly byAccount: Map<string, number[]>;
  /** The times at which a worker replaced a session that was still alive. */
  readonly renewals: number[];
  /** Calls that the simulator accepted, and calls that it rejected. */
  accepted: number;
  rejected: number;
  /** The times of each worker's logins, and the maximum number in progress at the same time. */
  readonly byWorker: number[][];
  mostAtOnce: number;
  /** Records a received login. */
  login(login: ReceivedLogin): PasswordLogin;
  /** Records the start and the end of a login in progress. */
  loginSent(sender: Sender): void;
  loginOver(sender: Sender): void;
  /** Records the response to a call. */
  call(sender: Sender, status: number): void;
  /** Records the sign-out of a credential. */
  signedOut(token: string): void;
  /** The account that a credential was issued to. */
  accountOf(token: string): string | undefined;
  /** Whether a credential opens a session now. */
  isAlive(account: string, token: string | undefined): boolean;
  /** The account's live session, if any, and when it was opened. */
  alive(account: string): string | undefined;
  openedAt(account: string): number | undefined;
}

/** A received login. */
interface ReceivedLogin {
  readonly sender: Sender;
  readonly request: ReceivedRequest;
  /** The credential that it returned, if it succeeded. */
  readonly token: string | undefined;
  /** The sender's previous credentials, by account. */
  readonly held: ReadonlyMap<string, string>;
  readonly isStoreAway: boolean;
}

/** The user name and password of a login. */
interface PasswordLogin {
  readonly account: string;
  readonly password: string;
}

export function createLedger({ lifetime, workers }: DayPlan, now: () => number): Ledger {
  const sessions = new Map<string, { readonly token: string; readonly openedAt: number; readonly endsAt: number }>();
  const accounts = new Map<string, string>();
  const running = Array.from({ length: workers }, () => 0);
  const alive = (account: string) => {
    const session = sessions.get(account);
    return session !== undefined && now() < session.endsAt ? session.token : undefined;
  };
  const ledger: Ledger = {
    wrong: [],
    logins: 0,
    foreignLogins: 0,
    byAccount: new Map(),
    renewals: [],
    accepted: 0,
    rejected: 0,
    byWorker: Array.from({ length: workers }, () => []),
    mostAtOnce: 0,
    login({ sender, request, token, held, isStoreAway }) {
      const pair = readPair(request);
      const { account } = pair;
      const at = now();
      if (typeof sender === "number") ledger.byWorker[sender]?.push(at);
      if (token === undefined) {
        if (typeof sender === "number") ledger.wrong.push({ at, worker: sender, ...pair, isStoreAway });
        return pair;
      }
      if (sender === "foreign") ledger.foreignLogins++;
      if (typeof sender === "number") {
        ledger.logins++;
        const times = ledger.byAccount.get(account) ?? [];
        times.push(at);
        ledger.byAccount.set(account, times);
        if (ledger.isAlive(account, held.get(account))) ledger.renewals.push(at);
      }
      // A login ends the account's earlier session, because all use the same device name.
      sessions.set(account, { token, openedAt: at, endsAt: at + lifetime });
      accounts.set(token, account);
      return pair;
    },
    loginSent(sender) {
      if (typeof sender !== "number") return;
      running[sender] = (running[sender] ?? 0) + 1;
      ledger.mostAtOnce = Math.max(ledger.mostAtOnce, running[sender]);
    },
    loginOver(sender) {
      if (typeof sender === "number") running[sender] = (running[sender] ?? 0) - 1;
    },
    call(sender, status) {
      if (typeof sender !== "number") return;
      if (status === 200) ledger.accepted++;
      else ledger.rejected++;
    },
    signedOut(token) {
      const account = accounts.get(token) ?? "";
      if (sessions.get(account)?.token === token) sessions.delete(account);
    },
    accountOf: (token) => accounts.get(token),
    isAlive: (account, token) => token !== undefined && alive(account) === token,
    alive,
    openedAt: (account) => sessions.get(account)?.openedAt,
  };
  return ledger;
}

function readPair({ headers }: ReceivedRequest): PasswordLogin {
  const [, encoded = ""] = /^Basic (\S+)$/.exec(headers.get("authorization") ?? "") ?? [];
  const [account = "", ...password] = Buffer.from(encoded, "base64").toString().split(":");
  return { account, password: password.join(":") };
}
