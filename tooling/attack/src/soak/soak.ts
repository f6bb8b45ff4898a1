import type { Session } from "@vms/core";
import { type Kind, kinds } from "./kinds.ts";
import { runShard } from "./shard.ts";

/** What a soak is to be. */
export interface SoakPlan {
  /** Of all kinds together. */
  readonly sessions: number;
  readonly days: number;
  readonly seed: number;
}

/** What came of one kind. */
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

/** What is added up. */
const COUNTS = ["calls", "renewals", "logins", "predicted", "asked", "askedRight"] as const;

/** How many sessions share a server: its book of sessions is searched at some vendors' logins. */
const SHARD = 25;

/**
 * Runs sessions of all kinds through virtual days.
 * @param kept is given every session, so that they all exist until the end.
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
