import { chooseSecondFactor } from "./choose-second-factor.ts";
import { chooseStore } from "./choose-store.ts";
import type { Picture } from "./drawing.ts";
import { layers } from "./layers.ts";
import { oneLogin } from "./one-login.ts";
import { secondFactor } from "./second-factor.ts";
import { states } from "./states.ts";
import { storeLock } from "./store-lock.ts";

/** All drawn pictures. The recording of `vms` is in tooling/recording. */
export const PICTURES: readonly Picture[] = [
  oneLogin,
  states,
  storeLock,
  secondFactor,
  layers,
  chooseStore,
  chooseSecondFactor,
];
