import type { SecondFactorAnswer, SecondFactorChallenge } from "@vms/core";
import { createClock, createEagleEyeServer, type EagleEyeServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { onTestFinished } from "vitest";
import { createEagleEyeSession, type EagleEyeOptions, type EagleEyeSession } from "../src/index.ts";

type ServerOptions = NonNullable<Parameters<typeof createEagleEyeServer>[0]>;

/** Somebody with a second factor by both ways. */
export const robin = {
  username: "robin@acme.example",
  password: "made-up-password-1",
  secondFactor: { sms: "+351 900 000 779", email: "robin@mail.example" },
};

/** A server over a socket, and how sessions with it are made. */
export interface Simulated {
  readonly server: EagleEyeServer;
  readonly baseUrl: string;
  readonly newSession: (more?: Partial<EagleEyeOptions>) => EagleEyeSession;
}

/** A server that asks for a second factor, for the length of one test. Its clock stands still, and is the sessions' too. */
export async function served(options: ServerOptions = {}): Promise<Simulated> {
  const clock = createClock(Date.UTC(2026, 0, 1));
  const server = createEagleEyeServer({ account: robin, clock, ...options });
  const { baseUrl, close } = await serve(server);
  onTestFinished(close);
  const newSession = (more: Partial<EagleEyeOptions> = {}): EagleEyeSession =>
    createEagleEyeSession({
      baseUrl,
      credentials: server.account,
      retry: { minDelay: 1, maxDelay: 1 },
      now: () => server.clock.now(),
      ...more,
    });
  return { server, baseUrl, newSession };
}

/** The code that was sent last. */
export function newestCode(server: EagleEyeServer): string {
  return server.inbox.at(-1)?.code ?? "";
}

/** A code that is not the one that was sent last. */
export function wrongCode(server: EagleEyeServer): string {
  return newestCode(server) === "0000" ? "0001" : "0000";
}

/** Somebody who is asked for codes. */
export interface Human {
  readonly asked: readonly SecondFactorChallenge[];
  readonly secondFactor: (challenge: SecondFactorChallenge) => Promise<SecondFactorAnswer>;
  /** The first question, once it is asked. */
  readonly beingAsked: Promise<SecondFactorChallenge>;
}

/** Somebody who answers: without `answer`, the newest one is given at once. */
export function human(
  server: EagleEyeServer,
  answer: (challenge: SecondFactorChallenge) => string | Promise<string> = () => newestCode(server),
): Human {
  const asked: SecondFactorChallenge[] = [];
  const beingAsked = Promise.withResolvers<SecondFactorChallenge>();
  const secondFactor = async (challenge: SecondFactorChallenge): Promise<SecondFactorAnswer> => {
    asked.push(challenge);
    beingAsked.resolve(challenge);
    return { method: challenge.sent ?? "sms", code: await answer(challenge) };
  };
  return { asked, secondFactor, beingAsked: beingAsked.promise };
}

/** Never answers. */
export const silent = (): Promise<string> => new Promise(() => {});

/** The last part of each path that was asked for. */
export function steps(server: EagleEyeServer): (string | undefined)[] {
  return server.requests.map(({ path }) => path.split("/").at(-1));
}

/** The tokens that went to authorize, in order. */
export function authorizedTokens(server: EagleEyeServer): (string | null)[] {
  const authorizes = server.requests.filter(({ path }) => path.endsWith("/authorize"));
  return authorizes.map(({ body }) => new URLSearchParams(body).get("token"));
}
