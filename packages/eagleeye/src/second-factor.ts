import { type SecondFactorMethod, VendorUnavailable } from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";
import { authorizeFailure, codeTooLate, noSecondFactorMethod } from "./errors.ts";
import type { EagleEyeContext, LoginRequests, LoginToken } from "./login-requests.ts";

/** The vendor locks a user permanently at the fourth wrong code, so one login tries fewer. */
const CODES = 3;

/**
 * Requests codes and asks for them until authorize accepts one.
 *
 * An assumption: a wrong code uses up the token, so each further code is sent for a new one. In `@vms/simulator`:
 * `wrongCodeSpendsToken`.
 * @returns the response of authorize.
 * @see Eagle Eye Networks API, "Step 2: Send TFA Code"
 */
export async function authorizeByCode(
  context: EagleEyeContext,
  requests: LoginRequests,
  first: LoginToken,
  methods: readonly SecondFactorMethod[],
): Promise<FlowResponse> {
  if (methods.length === 0) throw noSecondFactorMethod();
  let current: LoginToken | undefined = first;
  let replacing: Promise<LoginToken> | undefined;

  const isUsable = ({ usableUntil }: LoginToken) => context.elapsed() <= usableUntil;

  // Without the `tfa_key`: the vendor has required a code despite it.
  async function replace(): Promise<LoginToken> {
    const next = await requests.authenticate(context);
    if (next.secondFactor !== undefined) return next;
    throw new VendorUnavailable("eagleeye", "the vendor first required a second factor, and then none.", {
      status: 200,
    });
  }

  async function usableToken(): Promise<string> {
    if (current !== undefined && isUsable(current)) return current.token;
    // Two methods that are requested at the same time share one new token.
    replacing ??= replace().finally(() => {
      replacing = undefined;
    });
    current = await replacing;
    return current.token;
  }

  return context.secondFactor<FlowResponse>({
    methods,
    maxAttempts: CODES,
    send: async (type) => requests.sendCode(context, await usableToken(), type),
    async verify({ code }) {
      const used = current;
      current = undefined;
      if (used === undefined || !isUsable(used)) {
        return { accepted: false, reason: "late", error: codeTooLate() };
      }
      const response = await requests.authorize(context, used.token, code);
      if (response.ok) return { accepted: true, value: response };
      const error = authorizeFailure(response, true);
      if (response.status === 406) return { accepted: false, reason: "wrong", error };
      if (response.status === 401) return { accepted: false, reason: "late", error };
      throw error;
    },
  });
}
