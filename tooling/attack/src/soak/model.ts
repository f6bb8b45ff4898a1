/** The lifetime of a kind of session, in ms. */
export interface Life {
  /** From its login to its expiry. */
  readonly lifetime?: number;
  /** From its last use to its expiry. */
  readonly idle?: number;
  /** The time before its expiry in which a call renews it. */
  readonly early?: number;
  /** Whether each login and renewal prompts a person, or only the first login. */
  readonly asks?: "always" | "once";
  /** Whether a renewal needs no login. */
  readonly prolonged?: boolean;
}

/** The effect of a call on a session: a login before it, a renewal during it, or neither. */
export type Need = "login" | "renewal" | "nothing";

/**
 * An independent model of the documentation of a session: the number of logins that calls at given times cause.
 */
export interface Model {
  /** A call at a time. */
  call(at: number): Need;
  /** The expiry of the current session if it is not used again, and the time from which a call renews it; absent before a login. */
  ends(): { readonly at: number; readonly renewFrom: number } | undefined;
  /** The period in which the renewal of the current session must be due; absent if it has no expiry. */
  window(): { readonly from: number; readonly to: number } | undefined;
  readonly logins: () => number;
  /** The number of prompts for a code or a face. */
  readonly asked: () => number;
}

/** @param drawn when the session says that its renewal is due, in ms since the epoch. */
export function createModel(
  { lifetime = Number.POSITIVE_INFINITY, idle = Number.POSITIVE_INFINITY, early, asks, prolonged = false }: Life,
  drawn: () => number | undefined,
): Model {
  let renewed = false;
  let issued: number | undefined;
  let used = 0;
  let logins = 0;
  let asked = 0;

  const begin = (at: number) => {
    issued = at;
    used = at;
    if (asks === "always" || (asks === "once" && asked === 0)) asked++;
  };
  const login = (at: number) => {
    begin(at);
    logins++;
  };

  const renewFrom = () => drawn() ?? Number.POSITIVE_INFINITY;

  return {
    logins: () => logins,
    asked: () => asked,
    ends() {
      if (issued === undefined) return undefined;
      const end = issued + lifetime;
      return { at: Math.min(end, used + idle), renewFrom: renewFrom() };
    },
    // Guarantee 19: the second half of the lifetime, then its last tenth.
    window() {
      if (issued === undefined || !Number.isFinite(lifetime)) return undefined;
      const end = issued + lifetime;
      if (early !== undefined) return { from: end - early, to: end - early };
      return { from: end - (renewed ? 0.1 : 0.5) * lifetime, to: end - 0.02 * lifetime };
    },
    call(at) {
      if (issued === undefined || at >= issued + lifetime || at >= used + idle) {
        login(at);
        renewed = false;
        return "login";
      }
      used = at;
      if (at < renewFrom()) return "nothing";
      renewed = true;
      if (prolonged) begin(at);
      else login(at);
      return "renewal";
    },
  };
}
