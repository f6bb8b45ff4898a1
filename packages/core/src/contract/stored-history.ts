/** An account's login history, shared through a store. It contains digests, no credentials. */
export interface StoredHistory {
  readonly version: 1;
  /** Ms since the epoch. */
  readonly changedAt: number;
  /** In hexadecimal. */
  readonly salt?: string;
  readonly refusals?: readonly StoredRefusal[];
  /** The pause after a failed login. */
  readonly failed?: {
    readonly since: number;
    readonly until: number;
    readonly step: number;
    readonly error: StoredError;
  };
  /** Calls that a login did not help, and the resulting pause. */
  readonly unhelped?: {
    readonly since: number;
    readonly until: number;
    readonly step: number;
    readonly calls: readonly string[];
  };
  readonly budget?: { readonly left: number; readonly at: number };
  /** Second-factor codes that the vendor refused since the last login. */
  readonly wrongCodes?: number;
}

export interface StoredRefusal {
  /** A salted digest of what the login sent. */
  readonly digest: string;
  readonly since: number;
  readonly until?: number;
  readonly step: number;
  readonly error: StoredError;
}

/** A login error without its advice. */
export interface StoredError {
  readonly code: string;
  readonly problem: string;
  readonly status?: number;
  readonly reason?: string;
}

const MOST = { refusals: 16, calls: 64 } as const;
/** In characters. */
const LONGEST_TEXT = 1_000;

/** Parses a history. Malformed parts are dropped. Parts of later versions are kept. */
export function parseHistory(value: unknown): StoredHistory | undefined {
  if (!isObject(value) || value.version !== 1 || !isNumber(value.changedAt)) return undefined;
  const { version, changedAt, salt, refusals, failed, unhelped, budget, wrongCodes, ...later } = value;
  const kept = Array.isArray(refusals) ? refusals.filter(isRefusal).slice(-MOST.refusals) : [];
  return {
    ...later,
    version,
    changedAt,
    ...(typeof salt === "string" && /^[0-9a-f]{32}$/.test(salt)
      ? { salt, ...(kept.length === 0 ? {} : { refusals: kept }) }
      : {}),
    ...(isPause(failed) && isError(failed.error) ? { failed: failed as never } : {}),
    ...(isPause(unhelped) && isCalls(unhelped.calls) ? { unhelped: unhelped as never } : {}),
    ...(isObject(budget) && isNumber(budget.left) && isNumber(budget.at) ? { budget: budget as never } : {}),
    ...(isNumber(wrongCodes) && wrongCodes > 0 ? { wrongCodes } : {}),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST_TEXT;
}

function isPause(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const { since, until, step } = value;
  return isNumber(since) && isNumber(until) && isNumber(step) && step >= 0;
}

function isCalls(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MOST.calls && value.every(isText);
}

function isError(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { code, problem, status, reason } = value;
  const optional = (status === undefined || isNumber(status)) && (reason === undefined || isText(reason));
  return isText(code) && isText(problem) && optional;
}

function isRefusal(value: unknown): value is StoredRefusal {
  if (!isObject(value)) return false;
  const { digest, since, until, step, error } = value;
  const times = isNumber(since) && isNumber(step) && (until === undefined || isNumber(until));
  return typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest) && times && isError(error);
}
