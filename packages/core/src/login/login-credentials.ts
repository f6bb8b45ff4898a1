import { type Credentials, type CredentialsInput, checkCredentials, checkPassword } from "../contract/credentials.ts";
import { timedOut } from "../request/no-response.ts";
import { within } from "../util/wait.ts";
import type { SessionSetup } from "./session-setup.ts";

/** The credentials of one login. The caller's functions are called once, and only when they are needed. */
export class LoginCredentials<Data, User> {
  readonly #setup: SessionSetup<Data, User>;
  #given: Promise<CredentialsInput> | undefined;
  #complete: Promise<Credentials> | undefined;

  constructor(setup: SessionSetup<Data, User>) {
    this.#setup = setup;
  }

  /** The user name, and the password or the function that returns it. */
  given(): Promise<CredentialsInput> {
    this.#given ??= this.#askCredentials();
    return this.#given;
  }

  /** The user name and the password. */
  complete(): Promise<Credentials> {
    this.#complete ??= this.#askPassword();
    return this.#complete;
  }

  async #askCredentials(): Promise<CredentialsInput> {
    const { flow, settings } = this.#setup;
    const source = settings.credentials;
    if (typeof source !== "function") return source;
    return checkCredentials(flow.vendor, await this.#ask("credentials", source), flow.passwordOptional);
  }

  async #askPassword(): Promise<Credentials> {
    const { username, password } = await this.given();
    if (typeof password === "string") return { username, password };
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
