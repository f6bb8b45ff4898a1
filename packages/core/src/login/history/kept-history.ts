import type { Flow } from "../../contract/flow/flow.ts";
import type { KeptLoginHistory } from "../../contract/kept-login-history.ts";
import type { Settings } from "../../contract/settings.ts";
import { LoginHistory } from "./login-history.ts";
import { loginInputsOf } from "./refusal.ts";

/** The history that successive session objects share. */
export class KeptHistory implements KeptLoginHistory {
  readonly kind = "login-history";
  // Private, so that printing does not show its credentials.
  #history: LoginHistory<unknown, unknown> | undefined;

  static open<Data, User>(settings: Settings, flow: Flow<Data, User>): LoginHistory<Data, User> {
    const kept = settings.loginHistory;
    // An object of another copy of this package lacks this field. Its history is not continued.
    if (kept === undefined || !(#history in kept)) return new LoginHistory<Data, User>(settings);
    // The same object, because a login of the earlier session may still be refused.
    if (kept.#history === undefined) kept.#history = new LoginHistory<unknown, unknown>(settings);
    else kept.#history.resume(settings, loginInputsOf(flow));
    return kept.#history as LoginHistory<Data, User>;
  }

  /** Forgets the session and its options. Returns what is worth keeping. */
  release(): "nothing" | "limits" | "refusals" {
    const history = this.#history;
    if (history === undefined) return "nothing";
    history.rest();
    if (history.sharedRefusals.length > 0) return "refusals";
    return history.isEmpty ? "nothing" : "limits";
  }
}
