import type { Clock } from "./clock.ts";

/** How long a session lives, in ms. Zero or nothing: for ever. */
export interface Life {
  readonly lifetime?: number | undefined;
  readonly idleTimeout?: number | undefined;
}

/** A session that a vendor has opened. */
export interface OpenSession<Data> {
  readonly username: string;
  readonly openedAt: number;
  lastUsedAt: number;
  endsAt: number;
  data: Data;
}

/** The sessions of one vendor, by the secret that opens them. */
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

  /** Lets another secret open the same session. */
  addSecret(secret: string, session: OpenSession<Data>): void {
    this.#bySecret.set(secret, session);
  }

  /** Forgets one secret. The session stays while another opens it. */
  dropSecret(secret: string): void {
    this.#bySecret.delete(secret);
  }

  /** The session when it is alive. Looking is not using. */
  find(secret: string | undefined): OpenSession<Data> | undefined {
    const session = secret === undefined ? undefined : this.#bySecret.get(secret);
    return session !== undefined && this.#isAlive(session) ? session : undefined;
  }

  /** The session when it is alive, and its idle time starts anew. */
  use(secret: string | undefined): OpenSession<Data> | undefined {
    const session = this.find(secret);
    if (session !== undefined) session.lastUsedAt = this.#clock.now();
    return session;
  }

  /** Starts the lifetime anew. */
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

  /** Each live session once, however many secrets open it. */
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
