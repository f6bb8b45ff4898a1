import type { Clock } from "./clock.ts";

/** Limits of a session, in ms. Zero or `undefined` means no limit. */
export interface Life {
  readonly lifetime?: number | undefined;
  readonly idleTimeout?: number | undefined;
}

/** An open session of a vendor. */
export interface OpenSession<Data> {
  readonly username: string;
  readonly openedAt: number;
  lastUsedAt: number;
  endsAt: number;
  data: Data;
}

/** The sessions of one vendor, by their secrets (tokens or cookie values). */
export class Sessions<Data> {
  readonly #clock: Clock;
  readonly #life: Life;
  readonly #bySecret = new Map<string, OpenSession<Data>>();

  constructor(clock: Clock, life: Life) {
    this.#clock = clock;
    this.#life = life;
  }

  open(secret: string, username: string, data: Data): OpenSession<Data> {
    const now = this.#clock.now();
    const session = { username, openedAt: now, lastUsedAt: now, endsAt: this.#end(now), data };
    this.#bySecret.set(secret, session);
    return session;
  }

  /** Adds another secret to the same session. */
  addSecret(secret: string, session: OpenSession<Data>): void {
    this.#bySecret.set(secret, session);
  }

  /** Removes one secret. The session stays open if it has another one. */
  dropSecret(secret: string): void {
    this.#bySecret.delete(secret);
  }

  /** The session, if it has not expired. This does not count as a use. */
  find(secret: string | undefined): OpenSession<Data> | undefined {
    const session = secret === undefined ? undefined : this.#bySecret.get(secret);
    return session !== undefined && this.#isAlive(session) ? session : undefined;
  }

  /** The session, if it has not expired. Restarts its idle time. */
  use(secret: string | undefined): OpenSession<Data> | undefined {
    const session = this.find(secret);
    if (session !== undefined) session.lastUsedAt = this.#clock.now();
    return session;
  }

  /** Restarts the lifetime. */
  prolong(session: OpenSession<Data>): void {
    session.endsAt = this.#end(this.#clock.now());
  }

  close(session: OpenSession<Data>): void {
    this.closeWhere((other) => other === session);
  }

  closeWhere(ends: (session: OpenSession<Data>) => boolean): void {
    for (const [secret, session] of this.#bySecret) if (ends(session)) this.#bySecret.delete(secret);
  }

  closeAll(): void {
    this.#bySecret.clear();
  }

  /** Every session that has not expired, without duplicates. */
  alive(): OpenSession<Data>[] {
    return [...new Set(this.#bySecret.values())].filter((session) => this.#isAlive(session));
  }

  #end(from: number): number {
    return this.#life.lifetime ? from + this.#life.lifetime : Number.POSITIVE_INFINITY;
  }

  #isAlive(session: OpenSession<Data>): boolean {
    const now = this.#clock.now();
    const idleEnd = this.#life.idleTimeout ? session.lastUsedAt + this.#life.idleTimeout : Number.POSITIVE_INFINITY;
    return now < session.endsAt && now < idleEnd;
  }
}
