import { type AltaOptions as AltaSessionOptions, createAltaSession } from "@vms/alta";
import { nonInteractive, type Session, type SessionOptions } from "@vms/core";
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

/** A vendor with an account, the person behind the account, and a function that creates its session. */
export interface Fixture {
  readonly server: VendorServer;
  readonly human: Human;
  readonly create: (options: SessionOptions & { readonly baseUrl: string }) => Session;
  /** Makes the vendor forget the trusted device, if it has one. */
  readonly forgetDevice?: () => void;
  /** The account's secrets besides its password, in every encoding. */
  readonly secrets: readonly string[];
}

/** A made-up TOTP secret, in base32. */
export const TOTP_SECRET = "MADEUPCANARYTOTPSECRET2345672345";

/** The same secret as the URI of an enrolment. */
export const TOTP_URI: string = `otpauth://totp/Acme:integration?secret=${TOTP_SECRET}&issuer=Acme`;

/** The content of a video of the account's face. */
const FACE = "a made-up canary video of the operator's face";

/** The content of a video of another account's face. */
const OTHER_FACE = "a made-up canary video of a colleague's face";

/** An account without a second factor. */
export function plainFixture(server: VendorServer, create: Fixture["create"]): Fixture {
  return { server, create, human: createHuman(), secrets: [] };
}

/** An account at Alta with a TOTP code. A program returns the code, so background renewals ask for it too. */
export function altaFixture(options: AltaOptions = {}, more: Partial<AltaSessionOptions> = {}): Fixture {
  const account = { username: "integration@acme.example", password: "quiet-harbour-71", totpSecret: TOTP_SECRET };
  const server = createAltaServer({ account, ...options });
  const human = createHuman({
    code: () => server.totpCode(account.username),
    // The vendor ends the login that the code was for, if any.
    ...(more.totpPlacement === "login" ? {} : { delay: () => server.revokeAll() }),
  });
  return {
    server,
    human,
    create: (usual) => createAltaSession({ ...usual, secondFactor: nonInteractive(human.secondFactor), ...more }),
    secrets: [TOTP_URI, ...spelledOut(TOTP_SECRET)],
  };
}

/** An account at Eagle Eye with codes by SMS. A person reads them, and background renewals use the `tfa_key`. */
export function eagleEyeFixture(options: EagleEyeOptions = {}, more: Partial<EagleEyeSessionOptions> = {}): Fixture {
  const secondFactor = { sms: "+351 900 555 779", email: "robin.made-up@mail.example" };
  const account = { username: "robin@acme.example", password: "silver-orchard-52", secondFactor };
  const server = createEagleEyeServer({ account, ...options });
  let last: unknown;
  const human = createHuman({
    async code({ sent = "sms", send }) {
      // The code may not have arrived.
      if (server.inbox.at(-1) === undefined || server.inbox.at(-1) === last) await send(sent);
      last = server.inbox.at(-1);
      return server.inbox.at(-1)?.code ?? "";
    },
    delay: () => server.clock.advance(16 * 60_000),
  });
  return {
    server,
    human,
    create: (usual) => createEagleEyeSession({ ...usual, secondFactor: human.secondFactor, ...more }),
    forgetDevice: () => server.forgetTrustedKeys(),
    secrets: Object.values(secondFactor),
  };
}

/** An account at FindFace that signs in by face, alone or before the password. A camera records it, also in the background. */
export function findFaceFixture(mode: "face" | "face_and_password", options: FindFaceOptions = {}): Fixture {
  const account = { username: "operator", password: "velvet-signal-39", face: FACE };
  const server = createFindFaceServer({ account, mode, ...options });
  server.addAccount({ username: "colleague", password: "violet-lantern-40", face: OTHER_FACE });
  const human = createHuman({ face: FACE, another: OTHER_FACE });
  return {
    server,
    human,
    create(usual) {
      const face = nonInteractive(human.face);
      if (mode === "face_and_password") return createFindFaceSession({ ...usual, mode, face });
      return createFindFaceSession({ ...usual, credentials: { username: account.username }, mode, face });
    },
    secrets: [FACE, OTHER_FACE, STRANGER].flatMap(spelledOut),
  };
}

/** The printed forms of bytes: text, base64, and inspected arrays and buffers. */
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
