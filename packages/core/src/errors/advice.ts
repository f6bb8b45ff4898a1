import type { Remedy, RemedyId } from "./remedy.ts";

type Words = { readonly [Id in RemedyId]: string | ((remedy: Remedy<Id>, retryAfter?: number) => string) };

const WORDS: Words = {
  correct_option: "",
  correct_credentials: "Correct `credentials`, or `baseUrl` if it belongs to another product.",
  check_options: ({ options }) => `Check ${listed(options.map((option) => `\`${option}\``))}, then call \`renew()\`.`,
  choose_value: ({ option, listedAt }) => `Set \`${option}\` to an id from \`${listedAt}\`.`,
  check_base_url: "Check that `baseUrl` points at this vendor's API.",
  use_https: "Use https://, or set `allowInsecureHttp: true` if you trust the network.",
  allow_origin: "Use a path below the base URL, add the origin to `allowedOrigins`, or use another `fetch`.",
  open_pool: "Create another one with `sessionPool`.",
  open_session: "Call `login()` to open it again.",
  provide_second_factor:
    "Set the option `secondFactor` to a function that returns the code, or use a user without a second factor.",
  allow_prompt:
    "Call `renew()` while a person can answer. Mark a function that needs no person with `nonInteractive()`.",
  enrol_second_factor: "Enrol one at the vendor's website, then call `renew()`.",
  check_second_factor:
    "Check that the codes belong to this account and that this machine's clock is right, then call `renew()`.",
  answer_sooner: "Return the code sooner, then call `renew()`.",
  use_other_method: "Use another method.",
  finish_registration: "Finish the registration at the vendor, then call `renew()`.",
  ask_administrator: "Ask an administrator of the account, then call `renew()`.",
  ask_vendor: "Ask the vendor's support, then call `renew()`.",
  wait: (_, retryAfter) =>
    retryAfter === undefined ? "Try again later." : `Try again in ${Math.ceil(retryAfter / 1000)} s.`,
  check_network: "Check `baseUrl`, the network and the vendor's status.",
  trust_certificate: "Trust its authority with a custom `fetch`, for example `nodeFetch({ ca })` from @vms/core/node.",
  allow_more_time: ({ option }) => `Check the network, or raise \`${option}\`.`,
  check_store: ({ how }) => how ?? "Check the store.",
  fix_path: ({ command }) => (command === undefined ? "Check its owner and permissions." : `Run: ${command}`),
  choose_directory: "Set `directory` to another path.",
  replace_stored_session:
    "The next login replaces it. If the encryption key was changed, add the old one to `previousKeys`.",
  install_package: ({ package: name }) => `Install it: npm install ${name}`,
};

/**
 * Text for programmers. Empty if the problem itself says what to do.
 * @param retryAfter how long the vendor asks to wait, in ms.
 */
export function adviceOf<Id extends RemedyId>(remedy: Remedy<Id>, retryAfter?: number): string {
  const words: Words[Id] = WORDS[remedy.id];
  return typeof words === "string" ? words : words(remedy, retryAfter);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
