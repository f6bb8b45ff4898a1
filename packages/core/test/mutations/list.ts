import { flowMutations } from "./flow-mutations.ts";
import { loginMutations } from "./login-mutations.ts";
import type { Mutation } from "./mutation.ts";
import { otherMutations } from "./other-mutations.ts";
import { sessionMutations } from "./session-mutations.ts";

export const mutations: readonly Mutation[] = [
  ...sessionMutations,
  ...loginMutations,
  ...flowMutations,
  ...otherMutations,
];
