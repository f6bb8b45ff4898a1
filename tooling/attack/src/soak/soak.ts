import type { Session } from "@vms/core";
import { type Kind, kinds } from "./kinds.ts";
import { runShard } from "./shard.ts";

/** The parameters of a soak. */
export interface SoakPlan {
  /** The total of all kinds. */
  readonly sessions: number;
  readonly days: number;
  readonly seed: number;
}

/** The results of one kind. */
export interface KindResult {
  readonly kind: string;
  readonly sessions: number;
  readonly calls: number;
  readonly renewals: number;
  readonly logins: number;
  readonly predicted: number;
  readonly asked: number;
  readonly askedRight: number;
  readonly surprises: readonly string[];
}

/** The counters that are summed. */
const COUNTS = ["calls", "renewals", "logins", "predicted", "asked", "askedRight"] as const;

/** The number of sessions per server, which some vendors' logins search. */
const SHARD = 25;

/**
 * Runs sessions of all kinds through virtual days.
 * @param kept receives every session, so that all exist until the end.
 */
export async function soak(plan: SoakPlan, kept: Session[]): Promise<KindResult[]> {
  const results: KindResult[] = [];
  for (const [at, kind] of kinds.entries()) {
    const share =
      Math.floor((plan.sessions * (at + 1)) / kinds.length) - Math.floor((plan.sessions * at) / kinds.length);
    results.push(await soakKind(kind, share, plan, kept));
  }
  return results;
}

async function soakKind(kind: Kind, sessions: number, { days, seed }: SoakPlan, kept: Session[]): Promise<KindResult> {
  const sum = { calls: 0, renewals: 0, logins: 0, predicted: 0, asked: 0, askedRight: 0 };
  const surprises: string[] = [];
  for (let done = 0; done < sessions; done += SHARD) {
    const shard = await runShard(kind, Math.min(SHARD, sessions - done), days, seed + done);
    for (const key of COUNTS) sum[key] += shard[key];
    surprises.push(...shard.surprises);
    kept.push(...shard.sessions);
  }
  return { kind: kind.name, sessions, ...sum, surprises };
}
