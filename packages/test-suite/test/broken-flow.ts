import { isVmsError } from "@vms/core";
import type { FlowContext, FlowResponse } from "@vms/core/flow";
import type { FlowContractOptions, MakeSession } from "../src/index.ts";
import { type AcmeData, type AcmeFlow, acme } from "./acme.ts";

/** A defect, and the clauses that detect it. */
export interface Broken {
  readonly how: string;
  readonly makeSession: MakeSession;
  readonly fails: readonly string[];
  readonly options?: FlowContractOptions;
}

/** A flow whose login has one defect: `instead` receives each response before the correct flow does. */
export function misreads(
  instead: (answer: FlowResponse, context: FlowContext) => FlowResponse | Promise<FlowResponse>,
): MakeSession {
  return acme((flow) => ({
    login: (context) =>
      flow.login({ ...context, send: async (...request) => instead(await context.send(...request), context) }),
  }));
}

/** A flow whose login throws a wrong error. */
export function rethrows(other: (error: unknown) => unknown): MakeSession {
  return acme((flow) => ({
    login: (context) =>
      flow.login(context).catch((error: unknown) => {
        throw other(error);
      }),
  }));
}

export function login(
  change: (flow: AcmeFlow, context: FlowContext<AcmeData, object>) => ReturnType<AcmeFlow["login"]>,
): MakeSession {
  return acme((flow) => ({ login: (context) => change(flow, context) }));
}

export const says = (error: unknown, text: string): boolean => isVmsError(error) && error.message.includes(text);
