/**
 * Suggested fixes by id, with their data. Ids are stable between versions, so that programs can show their own texts.
 */
export interface Remedies {
  /** Correct an option as the error message says. `option`: its name, if known. */
  correct_option: { readonly option?: string };
  /** Correct the user name or password, or the base URL if it belongs to another product. */
  correct_credentials: object;
  /** Check these options, for example a realm: the vendor refused their values. */
  check_options: { readonly options: readonly string[] };
  /** Set `option` to one of the values that the call `listedAt` lists. */
  choose_value: { readonly option: string; readonly listedAt: string };
  check_base_url: object;
  /** Use HTTPS, or allow HTTP for this network. */
  use_https: object;
  /** Use a path below the base URL, or allow the origin. */
  allow_origin: { readonly origin: string };
  open_session: object;
  open_pool: object;
  /** Configure a second factor, or use an account without one. */
  provide_second_factor: object;
  /** Sign in while a person can answer, or use a second factor that needs no person. */
  allow_prompt: object;
  enrol_second_factor: object;
  /** Check the source of the codes and this machine's clock. */
  check_second_factor: object;
  answer_sooner: object;
  use_other_method: object;
  finish_registration: object;
  ask_administrator: object;
  ask_vendor: object;
  /** Retry later: after `retryAfter` (ms) if the error has it. */
  wait: object;
  /**
   * Check the base URL, the network and the vendor's status. `code`: the network error code, such as `ECONNREFUSED`.
   * `host`: the request's host, with any non-default port.
   */
  check_network: { readonly code?: string; readonly host?: string };
  /** Trust the server's certificate authority. `code`: the TLS error code. `host`: as in `check_network`. */
  trust_certificate: { readonly code: string; readonly host?: string };
  /** Check the network, or raise the time limit `option`. */
  allow_more_time: { readonly option: string };
  /** Check the store. `how`: what to check, if known. */
  check_store: { readonly how?: string };
  /** Fix a file or directory. `command`: a shell command that does so. If absent, check the owner and permissions. */
  fix_path: { readonly path: string; readonly command?: string };
  choose_directory: object;
  /** Sign in again: the stored session cannot be read. */
  replace_stored_session: object;
  install_package: { readonly package: string };
}

/** The id of a suggested fix. */
export type RemedyId = keyof Remedies;

/** A suggested fix for an error. */
export type Remedy<Id extends RemedyId = RemedyId> = { [I in Id]: { readonly id: I } & Remedies[I] }[Id];
