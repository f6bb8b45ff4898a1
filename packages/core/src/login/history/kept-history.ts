import type { Flow } from "../../contract/flow.ts";
import type { KeptLoginHistory } from "../../contract/kept-login-history.ts";
import type { Settings } from "../../contract/settings.ts";
import { LoginHistory } from "./login-history.ts";
import { loginInputsOf } from "./refusal.ts";

/** Keeps the history of the sessions that are opened with it, one after the other. */
export class KeptHistory implements KeptLoginHistory {
  readonly kind = "login-history";
  // Private, so that nothing shows the credentials in it.
  #history: LoginHistory<unknown, unknown> | undefined;

  /** Makes the history of a session. It continues the one that the options may bring. */
  static open<Data, User>(settings: Settings, flow: Flow<Data, User>): LoginHistory<Data, User> {
    const history = new LoginHistory<Data, User>(settings);
    const kept = settings.loginHistory;
    // Another copy of this package made it, if it has no such field. Then it is not continued.
    if (kept === undefined || !(#history in kept)) return history;
    if (kept.#history !== undefined) history.resume(kept.#history, loginInputsOf(flow));
    kept.#history = history as LoginHistory<unknown, unknown>;
    return history;
  }

  /** Forgets the session itself, and returns what is worth keeping. */
  release(): "nothing" | "limits" | "refusals" {
    const history = this.#history;
    if (history === undefined) return "nothing";
    history.last = undefined;
    if (history.sharedRefusals.length > 0) return "refusals";
    return history.isEmpty ? "nothing" : "limits";
  }
}
