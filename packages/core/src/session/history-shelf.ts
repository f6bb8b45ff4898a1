import type { KeptHistory } from "../login/history/kept-history.ts";

/** The login histories of closed sessions, up to `most`. Those with refused credentials are kept longest. */
export class HistoryShelf {
  readonly #most: number;
  readonly #limits = new Map<string, KeptHistory>();
  readonly #refusals = new Map<string, KeptHistory>();

  constructor(most: number) {
    this.#most = most;
  }

  put(key: string, history: KeptHistory): void {
    const what = history.release();
    if (what === "nothing") return;
    (what === "refusals" ? this.#refusals : this.#limits).set(key, history);
    if (this.#limits.size + this.#refusals.size <= this.#most) return;
    const [oldest] = this.#limits.size > 0 ? this.#limits.keys() : this.#refusals.keys();
    if (oldest !== undefined) this.remove(oldest);
  }

  find(key: string): KeptHistory | undefined {
    return this.#refusals.get(key) ?? this.#limits.get(key);
  }

  remove(key: string): void {
    this.#refusals.delete(key);
    this.#limits.delete(key);
  }
}
