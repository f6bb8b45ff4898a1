import { isVmsError, type SecondFactor, type SecondFactorChallenge, type SecondFactorMethod } from "@vms/core";
import type { Terminal } from "../command-line/terminal.ts";
import { askCode, choose } from "./questions.ts";
import { triesLeft } from "./tries-left.ts";

type Method = SecondFactorMethod["type"];

const BY: Readonly<Record<Method, string>> = { totp: "authenticator app", sms: "SMS", email: "e-mail" };

/** Asks a person for second-factor codes. */
export function askSecondFactor(terminal: Terminal, signal: AbortSignal): SecondFactor {
  return async (challenge) => {
    const { methods, last } = challenge;
    const either = AbortSignal.any([signal, challenge.signal]);
    const left = triesLeft(challenge.attemptsLeft);
    if (last === "wrong") terminal.say(terminal.style("yellow", `Wrong code. ${left}`));
    else if (challenge.attempt === 1 && challenge.attemptsLeft === 1) terminal.say(terminal.style("yellow", left));
    if (last === "late") terminal.say(terminal.style("yellow", "That code came too late."));
    let way = challenge.sent ?? methods[0]?.type ?? "totp";
    if (challenge.sent !== undefined) terminal.say(sentTo(challenge, way));
    for (;;) {
      const maySend = challenge.sent !== undefined;
      const message = maySend ? "Code (press Enter for a new one):" : "Code from your authenticator app:";
      const code = await askCode(terminal.system, message, maySend, either);
      if (code !== "") return { method: way, code };
      way = await sendAgain(terminal, challenge, either);
    }
  };
}

async function sendAgain(terminal: Terminal, challenge: SecondFactorChallenge, signal: AbortSignal): Promise<Method> {
  for (;;) {
    const choices = challenge.methods.map(({ type, hint }) => ({
      name: `by ${BY[type]}${hint === undefined ? "" : ` to ${hint}`}`,
      value: type,
    }));
    const [only, another] = choices;
    const way =
      only !== undefined && another === undefined
        ? only.value
        : await choose(terminal.system, "Send a new code", choices, signal);
    try {
      await challenge.send(way);
      terminal.say(sentTo(challenge, way));
      return way;
    } catch (error) {
      // Another method may work. Any other error ends the login.
      if (!isVmsError(error) || error.code !== "invalid_request" || challenge.methods.length === 1) throw error;
      terminal.say(terminal.style("yellow", error.problem));
    }
  }
}

function sentTo({ methods }: SecondFactorChallenge, way: Method): string {
  const hint = methods.find(({ type }) => type === way)?.hint;
  return `A code was sent by ${BY[way]}${hint === undefined ? "" : ` to ${hint}`}.`;
}
