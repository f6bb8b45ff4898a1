/** How long a kind of session lives, in ms. */
export interface Life {
  /** From its login to its end. */
  readonly lifetime?: number;
  /** From its last use to its end. */
  readonly idle?: number;
  /** The part before its end in which a call renews it. */
  readonly early?: number;
  /** Whether a human is asked for each login and renewal, or only for the first login. */
  readonly asks?: "always" | "once";
  /** Whether a renewal goes without a login. */
  readonly prolonged?: boolean;
}

/** The effect of a call on a session: a login before it, a renewal during it, or neither. */
export type Need = "login" | "renewal" | "nothing";

/**
 * What the documentation of a session says, in a few lines and apart from the code that does it: how many logins calls at
 * given times lead to.
 */
export interface Model {
  /** A call at a time. */
  call(at: number): Need;
  /** When the present session ends if it is not used again, and from when on a call renews it; absent before a login. */
  ends(): { readonly at: number; readonly renewFrom: number } | undefined;
  /** Between which times the renewal of the present session has to be due; absent if it has no expiry. */
  window(): { readonly from: number; readonly to: number } | undefined;
  readonly logins: () => number;
  /** How often a human was asked for a code or a face. */
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
