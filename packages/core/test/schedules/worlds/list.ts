import type { World } from "../world/world.ts";
import { fleet } from "./fleet.ts";
import { lostLocks } from "./lost-locks.ts";
import { oneSession } from "./one-session.ts";
import { signOut } from "./sign-out.ts";
import { time } from "./time.ts";

export const worlds: readonly World[] = [...oneSession, ...signOut, ...time, ...fleet, ...lostLocks];
