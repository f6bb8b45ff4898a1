import { type Answer, type SecondFactorMethod, SecondFactorRequired, VendorUnavailable } from "@vms/core";
import { authorizeFailure, codeTooLate } from "./errors.ts";
import type { Context, Steps, Ticket } from "./steps.ts";

/** The vendor locks a user, for good, at the fourth wrong code: one login stays below that. */
const CODES = 3;

/**
 * Has codes sent and asked for until authorize takes one. A token goes to authorize once: whether it survives a wrong
 * code is not documented, so that each code after the first is sent for a new token.
 * @returns authorize's answer.
 * @see Eagle Eye Networks API, "Step 2: Send TFA Code"
 */
export async function authorizeByCode(
  context: Context,
  steps: Steps,
  first: Ticket,
  methods: readonly SecondFactorMethod[],
): Promise<Answer> {
  if (methods.length === 0) throw noWay();
  let ticket: Ticket | undefined = first;
  let replacing: Promise<Ticket> | undefined;

  const isUsable = ({ usableUntil }: Ticket) => context.now() <= usableUntil;

  // A `tfa_key` is not sent again here: the vendor asked for a code nevertheless.
  async function replace(): Promise<Ticket> {
    const next = await steps.authenticate(context);
    if (next.secondFactor !== undefined) return next;
    throw new VendorUnavailable(
      "eagleeye",
      "the vendor asked for a second factor, and then for none. Sign in again: no code is needed by now.",
      { status: 200 },
    );
  }

  async function current(): Promise<Ticket> {
    if (ticket !== undefined && isUsable(ticket)) return ticket;
    // Two ways that are asked for at once share one new token.
    replacing ??= replace().finally(() => {
      replacing = undefined;
    });
    ticket = await replacing;
    return ticket;
  }

  return context.secondFactor<Answer>({
    methods,
    codes: CODES,
    send: async (type) => steps.sendCode(context, (await current()).token, type),
    async verify({ code }) {
      const spent = ticket;
      ticket = undefined;
      if (spent === undefined || !isUsable(spent)) return { refused: "late", error: codeTooLate() };
      const answer = await steps.authorize(context, spent.token, code);
      if (answer.ok) return { accepted: answer };
      const error = authorizeFailure(answer, true);
      if (answer.status === 406) return { refused: "wrong", error };
      if (answer.status === 401) return { refused: "late", error };
      throw error;
    },
  });
}

function noWay(): SecondFactorRequired {
  return new SecondFactorRequired(
    "eagleeye",
    "the account asks for a second factor, and the vendor offers no way to send a code. Have a phone number or an e-mail " +
      "address entered for the user.",
    { methods: [], status: 200 },
  );
}
