import { type AltaOptions as AltaSessionOptions, createAltaSession } from "@vms/alta";
import { type Session, type SessionOptions, unattended } from "@vms/core";
import { createEagleEyeSession, type EagleEyeOptions as EagleEyeSessionOptions } from "@vms/eagleeye";
import { createFindFaceSession } from "@vms/findface";
import {
  type AltaOptions,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
  type EagleEyeOptions,
  type FindFaceOptions,
  type VendorServer,
} from "@vms/simulator";
import { createHuman, type Human, STRANGER } from "./human.ts";

/** A vendor, an account there, whoever answers for that account, and how a session with it is made. */
export interface Scene {
  readonly server: VendorServer;
  readonly human: Human;
  readonly create: (options: SessionOptions & { readonly baseUrl: string }) => Session;
  /** Has the vendor forget what spares a code, where it has such a thing. */
  readonly distrust?: () => void;
  /** What the account keeps secret beside its password, in every spelling. */
  readonly secrets: readonly string[];
}

/** A made-up TOTP secret, in base32. */
export const TOTP_SECRET = "MADEUPCANARYTOTPSECRET2345672345";

/** The same as an enrolment shows it. */
export const TOTP_URI: string = `otpauth://totp/Acme:integration?secret=${TOTP_SECRET}&issuer=Acme`;

/** What a video of the account's face holds. */
const FACE = "a made-up canary video of the operator's face";

/** The same of another account. */
const OTHER_FACE = "a made-up canary video of a colleague's face";

/** An account without a second factor. */
export function plainScene(server: VendorServer, create: Scene["create"]): Scene {
  return { server, create, human: createHuman(), secrets: [] };
}

/** An account at Alta that owes a code of an app. It is read by a machine, so that renewals in the background ask for it. */
export function altaScene(options: AltaOptions = {}, more: Partial<AltaSessionOptions> = {}): Scene {
  const account = { username: "integration@acme.example", password: "quiet-harbour-71", totpSecret: TOTP_SECRET };
  const server = createAltaServer({ account, ...options });
  const human = createHuman({
    code: () => server.totpCode(account.username),
    // The vendor ends the login that the code was for, where there is one before it.
    ...(more.codeIn === "login" ? {} : { dawdle: () => server.revokeAll() }),
  });
  return {
    server,
    human,
    create: (usual) => createAltaSession({ ...usual, secondFactor: unattended(human.secondFactor), ...more }),
    secrets: [TOTP_URI, ...spelledOut(TOTP_SECRET)],
  };
}

/** An account at Eagle Eye that gets its codes by SMS. A human reads them: what renews in the background is the key. */
export function eagleEyeScene(options: EagleEyeOptions = {}, more: Partial<EagleEyeSessionOptions> = {}): Scene {
  const secondFactor = { sms: "+351 900 555 779", email: "robin.made-up@mail.example" };
  const account = { username: "robin@acme.example", password: "silver-orchard-52", secondFactor };
  const server = createEagleEyeServer({ account, ...options });
  let last: unknown;
  const human = createHuman({
    async code({ sent = "sms", send }) {
      // What was said to be sent may not have come.
      if (server.inbox.at(-1) === undefined || server.inbox.at(-1) === last) await send(sent);
      last = server.inbox.at(-1);
      return server.inbox.at(-1)?.code ?? "";
    },
    dawdle: () => server.clock.advance(16 * 60_000),
  });
  return {
    server,
    human,
    create: (usual) => createEagleEyeSession({ ...usual, secondFactor: human.secondFactor, ...more }),
    distrust: () => server.forgetTrustedKeys(),
    secrets: Object.values(secondFactor),
  };
}

/** An account at FindFace whose face signs in, alone or before the password. A camera shows it, in the background too. */
export function findFaceScene(mode: "face" | "face_and_password", options: FindFaceOptions = {}): Scene {
  const account = { username: "operator", password: "velvet-signal-39", face: FACE };
  const server = createFindFaceServer({ account, mode, ...options });
  server.addAccount({ username: "colleague", password: "violet-lantern-40", face: OTHER_FACE });
  const human = createHuman({ face: FACE, another: OTHER_FACE });
  return {
    server,
    human,
    create(usual) {
      const face = unattended(human.face);
      if (mode === "face_and_password") return createFindFaceSession({ ...usual, mode, face });
      return createFindFaceSession({ ...usual, credentials: { username: account.username }, mode, face });
    },
    secrets: [FACE, OTHER_FACE, STRANGER].flatMap(spelledOut),
  };
}

/** What bytes look like where they are printed: as text, in base64, and as arrays and buffers are inspected. */
export function spelledOut(text: string): string[] {
  const bytes = Buffer.from(text);
  const first = bytes.subarray(0, 16);
  const hex = first.toString("hex");
  return [
    text,
    bytes.toString("base64"),
    bytes.toString("base64url"),
    hex,
    hex.replaceAll(/..(?=.)/g, "$& "),
    first.join(", "),
    first.join(","),
    [...first].map((byte, at) => `"${at}":${byte}`).join(","),
  ];
}
