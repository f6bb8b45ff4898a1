import type { SessionInfo } from "@vms/core";
import type { Terminal } from "../command-line/terminal.ts";
import type { Config } from "../profiles/config.ts";
import type { Profile } from "../profiles/profile.ts";

/** A password that need not be typed, and its source. */
export interface GivenPassword {
  readonly password: string;
  readonly from: "environment" | "saved" | "none needed" | "standard input" | "simulator";
}

/** The profile to sign in, and how. */
export interface SignInRequest {
  readonly name: string;
  readonly profile: Profile;
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly given: GivenPassword | undefined;
  /** The profile from which the user switched to this account. */
  readonly switchedFrom?: string;
  /**
   * `"new"`: always a new session. `"checked"`: the stored one if the vendor accepts it. `"any"`: the stored one if it
   * has not expired.
   */
  readonly session: "new" | "checked" | "any";
}

/** A session, and how it was obtained. */
export interface SignedIn {
  readonly info: SessionInfo;
  /** Whether another process had already signed in. */
  readonly adopted: boolean;
  /** The password, if it was typed. */
  readonly typed: string | undefined;
  readonly password: string;
}
