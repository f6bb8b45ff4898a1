/**
 * What can fix an error, by id, with the data that each needs. Programs can show their own words for each id. The ids stay
 * the same between versions.
 */
export interface Remedies {
  /** Correct an option. The error's message says how. `option`: its name, if there is one. */
  correct_option: { readonly option?: string };
  /** Correct the user name or the password, or the base URL if it belongs to another product. */
  correct_credentials: object;
  /** Check what these options contain, for example a realm or a face: the vendor refused it. */
  check_options: { readonly options: readonly string[] };
  /** Set an option to one of the values that a call lists. */
  choose_value: { readonly option: string; readonly listedAt: string };
  /** Check that the base URL points at this vendor's API. */
  check_base_url: object;
  /** Use HTTPS, or allow HTTP for this network. */
  use_https: object;
  /** Use a path below the base URL, or allow the origin. */
  allow_origin: { readonly origin: string };
  /** Open the session again with `login()`. */
  open_session: object;
  /** Create another pool with `sessionPool`. */
  open_pool: object;
  /** Configure the second factor, or use a user without one. */
  provide_second_factor: object;
  /** Sign in while a person can be asked, or use a second factor that needs no person. */
  allow_prompt: object;
  /** Enrol a second factor at the vendor's website. */
  enrol_second_factor: object;
  /** Check where the codes come from, and this machine's clock. */
  check_second_factor: object;
  /** Return the code sooner. */
  answer_sooner: object;
  /** Request the code by another method. */
  use_other_method: object;
  /** Finish the registration of the account at the vendor. */
  finish_registration: object;
  /** Ask an administrator of the account. */
  ask_administrator: object;
  /** Ask the vendor's support. */
  ask_vendor: object;
  /** Wait, then repeat the call. The error's `retryAfter` (ms) says how long, if the vendor does. */
  wait: object;
  /**
   * Check the base URL, the network and the vendor's status. `code`: the network's code, such as `ECONNREFUSED`. `host`: the
   * host of the request, with the port if it is not the scheme's.
   */
  check_network: { readonly code?: string; readonly host?: string };
  /** Trust the certificate authority of the vendor's server. `code`: the reason of the TLS library. `host`: as above. */
  trust_certificate: { readonly code: string; readonly host?: string };
  /** Check the network, or allow more time by an option. */
  allow_more_time: { readonly option: string };
  /** Check the store. `how`: what to look at, if it is known. */
  check_store: { readonly how?: string };
  /** Fix a file or directory. `command`: what fixes it in a shell. Without it: check the owner and the permissions. */
  fix_path: { readonly path: string; readonly command?: string };
  /** Use another directory. */
  choose_directory: object;
  /** Sign in again: the stored value cannot be read. */
  replace_stored_session: object;
  /** Install a package. */
  install_package: { readonly package: string };
}

/** The id of a remedy. */
export type RemedyId = keyof Remedies;

/** What can fix an error. */
export type Remedy<Id extends RemedyId = RemedyId> = { [I in Id]: { readonly id: I } & Remedies[I] }[Id];
