/** A user who can sign in. */
export interface Account {
  /** The name that the user signs in with. */
  readonly username: string;
  /** The user's password. */
  readonly password: string;
}

/** The accounts of one vendor, by username. */
export class Accounts<A extends Account> {
  readonly #first: readonly A[];
  readonly #byUsername = new Map<string, A>();

  constructor(first: readonly A[]) {
    this.#first = first;
    this.reset();
  }

  add(account: A): void {
    this.#byUsername.set(account.username, account);
  }

  find(username: string): A | undefined {
    return this.#byUsername.get(username);
  }

  /** The account, if the password is right. */
  check(username: unknown, password: unknown): A | undefined {
    const account = typeof username === "string" ? this.find(username) : undefined;
    return account !== undefined && account.password === password ? account : undefined;
  }

  setPassword(username: string, password: string): void {
    const account = this.find(username);
    if (account === undefined) throw new Error(`[@vms/simulator] There is no account "${username}": add it first.`);
    this.add({ ...account, password });
  }

  all(): A[] {
    return [...this.#byUsername.values()];
  }

  reset(): void {
    this.#byUsername.clear();
    for (const account of this.#first) this.add(account);
  }
}
