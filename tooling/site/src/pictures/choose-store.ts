import { decision, decisionHeight, type Question } from "./decision.ts";
import { box, type Picture } from "./drawing.ts";

const QUESTIONS: readonly Question[] = [
  { ask: ["Is a session used by others,", "or after a restart?"], if: "no", use: ["*no store"] },
  { ask: ["Only in one process,", "and not after a restart?"], if: "yes", use: ["`memoryStore()`"] },
  { ask: ["Only by processes of one user", "on one machine?"], if: "yes", use: ["`fileStore()`"] },
  { ask: ["Can all hosts reach one Redis?"], if: "yes", use: ["`redisStore(client)`", "of @vms/redis"] },
  { ask: ["Do you have another database", "that Keyv supports?"], if: "yes", use: ["`keyvStore(keyv)`", "no lock"] },
];

const height = decisionHeight(QUESTIONS) + 82;

export const chooseStore: Picture = {
  name: "choose-store",
  width: 640,
  height,
  title: "Which store?",
  description:
    "If a session is not used by others or after a restart: no store. If it is used only in one process, and not after a " +
    "restart: memoryStore(). Only by processes of one user on one machine: fileStore(). If all hosts can reach one Redis: " +
    "redisStore(client) of @vms/redis. If you have another database that Keyv supports: keyvStore(keyv), which has no lock. " +
    "Otherwise: your own store. If others can read the store, put encryptedStore(store, { key }) around it.",
  body: [
    ...decision(QUESTIONS, ["*your own store", "tested by @vms/test-suite"]),
    box([20, height - 82], [600, 62], ["*Can others read the store?", "Put encryptedStore(store, { key }) around it."]),
  ],
};
