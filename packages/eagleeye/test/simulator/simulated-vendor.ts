import type { SecondFactorAnswer, SecondFactorChallenge } from "@vms/core";
import { createClock, createEagleEyeServer, type EagleEyeServer } from "@vms/simulator";
import { serveSimulated } from "@vms-tooling/testing";
import { createEagleEyeSession, type EagleEyeOptions, type EagleEyeSession } from "../../src/index.ts";

type ServerOptions = NonNullable<Parameters<typeof createEagleEyeServer>[0]>;

/** An account with both second-factor methods. */
export const robin = {
  username: "robin@acme.example",
  password: "made-up-password-1",
  secondFactor: { sms: "+351 900 000 779", email: "robin@mail.example" },
};

/** A server over a socket, and sessions with it. */
export interface Simulated {
  readonly server: EagleEyeServer;
  readonly baseUrl: string;
  readonly newSession: (more?: Partial<EagleEyeOptions>) => EagleEyeSession;
}

/** Serves a vendor that requires a second factor until the test ends. Its sessions share its clock, which stands still. */
export async function served(options: ServerOptions = {}): Promise<Simulated> {
  const clock = createClock(Date.UTC(2026, 0, 1));
  const server = createEagleEyeServer({ account: robin, clock, ...options });
  const simulated = await serveSimulated(server);
  const newSession = (more: Partial<EagleEyeOptions> = {}): EagleEyeSession =>
    createEagleEyeSession({ ...simulated, ...more });
  return { server, baseUrl: simulated.baseUrl, newSession };
}

/** The code that was sent last. */
export function newestCode(server: EagleEyeServer): string {
  return server.inbox.at(-1)?.code ?? "";
}

/** A code that is not the one that was sent last. */
export function wrongCode(server: EagleEyeServer): string {
  return newestCode(server) === "0000" ? "0001" : "0000";
}

/** A person who is asked for codes. */
export interface Human {
  readonly asked: readonly SecondFactorChallenge[];
  readonly secondFactor: (challenge: SecondFactorChallenge) => Promise<SecondFactorAnswer>;
  /** The first question, once it is asked. */
  readonly beingAsked: Promise<SecondFactorChallenge>;
}

/** @param answer the code that the person enters. Default: the newest one, immediately. */
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

/** The last part of each requested path. */
export function steps(server: EagleEyeServer): (string | undefined)[] {
  return server.requests.map(({ path }) => path.split("/").at(-1));
}

/** The tokens that were sent to authorize, in order. */
export function authorizedTokens(server: EagleEyeServer): (string | null)[] {
  const authorizes = server.requests.filter(({ path }) => path.endsWith("/authorize"));
  return authorizes.map(({ body }) => new URLSearchParams(body).get("token"));
}
