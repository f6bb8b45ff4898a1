import { lockCheck } from "../checks/lock.ts";
import { nodeRedExpiry } from "../checks/node-red-expiry.ts";
import { createNodeRedSession } from "../flows/node-red.ts";
import { startNodeRed } from "../servers/node-red.ts";
import type { Subject } from "./subject.ts";

const lock = lockCheck({
  sentence: "an account locked by five wrong passwords is rate_limited for ten minutes, and nothing is sent meanwhile",
  wrong: 5,
  lasts: 10 * 60_000,
  start: (resources) => startNodeRed(resources),
});

export const nodeRed: Subject = {
  name: "node-red",
  title: "Node-RED",
  programs: [],
  packages: [],
  start: (resources) => startNodeRed(resources),
  makeSession: createNodeRedSession,
  contract: {
    lifetime: { expiresIn: 3_600_000 },
    calls: ["flows", "nodes"],
    post: { path: "settings/user", json: {} },
    cannot: { forbiddenCall: "The account may do everything." },
  },
  failing: {},
  unaskable: {},
  further: [nodeRedExpiry, lock],
};
