import { motion } from "./motion.ts";
import { nodeRed } from "./node-red.ts";
import type { Subject } from "./subject.ts";
import { transmission } from "./transmission.ts";
import { zoneMinder } from "./zoneminder.ts";

/** All servers, in the order of the report. */
export const subjects: readonly Subject[] = [nodeRed, transmission, motion, zoneMinder];
