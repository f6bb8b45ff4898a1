import { type Credentials, type CredentialsInput, checkCredentials, checkPassword } from "../contract/credentials.ts";
import { timedOut } from "../request/no-response.ts";
import { shortDigest } from "../util/hex.ts";
import { within } from "../util/wait.ts";
import type { SessionSetup } from "./session-setup.ts";

type GivenCredentials = CredentialsInput & Pick<Credentials, "apiKey">;

/** Calls each user function at most once, when needed. */
export class LoginCredentials<Data, User> {
  readonly #setup: SessionSetup<Data, User>;
  #given: Promise<GivenCredentials> | undefined;
  #complete: Promise<Credentials> | undefined;

  constructor(setup: SessionSetup<Data, User>) {
    this.#setup = setup;
  }

  /** Returns the user name, with the password or its function. Both are derived from an API key. */
  given(): Promise<GivenCredentials> {
    this.#given ??= this.#askCredentials();
    return this.#given;
  }

  complete(): Promise<Credentials> {
    this.#complete ??= this.#askPassword();
    return this.#complete;
  }

  async #askCredentials(): Promise<GivenCredentials> {
    const { flow, settings } = this.#setup;
    const source = settings.credentials;
    const given =
      typeof source === "function"
        ? checkCredentials(flow.vendor, await this.#ask<unknown>("credentials", source), flow)
        : source;
    if (!("apiKey" in given)) return given;
    const { apiKey } = given;
    return { username: `api-key-${await shortDigest(apiKey)}`, password: apiKey, apiKey };
  }

  async #askPassword(): Promise<Credentials> {
    const given = await this.given();
    const { username, password } = given;
    if (typeof password === "string") return { ...given, password };
    const { vendor, passwordOptional } = this.#setup.flow;
    return { username, password: checkPassword(vendor, await this.#ask("password", password), passwordOptional) };
  }

  #ask<T>(name: string, source: () => T | Promise<T>): Promise<T> {
    const { flow, settings, clock } = this.#setup;
    const { timeout } = settings;
    const asked = (async () => source())();
    return within(clock, timeout, asked, () => {
      return timedOut(flow.vendor, `the function \`${name}\``, timeout);
    });
  }
}
