import {
  AccountUnavailable,
  type AnyVmsError,
  InvalidCredentials,
  InvalidRequest,
  SecondFactorRejected,
  SecondFactorRequired,
  type VmsErrorDetails,
} from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";
import { type ErrorBody, errorSchema, LICENSE_ERROR } from "./wire.ts";

/** The request that was refused: it decides which error is thrown. */
export type RefusedRequest =
  /** The password without the token of a face. */
  | "password"
  /** The password with the token of a face. */
  | "password_with_token"
  /** The face alone. */
  | "face"
  /** The face, before the password. */
  | "face_first"
  | "logout";

/** The fields of a login. Their names are not secret, even if a secret has the same text. */
const OUR_FIELDS = new Set(["uuid", "video", "video_auth_token", "mobile", "device_info"]);

/**
 * The error for a request that failed.
 * @param redact removes the login's secrets from a text of the vendor.
 */
export function errorOf(
  response: FlowResponse,
  redact: (text: string) => string,
  request: RefusedRequest,
): AnyVmsError {
  const { status } = response;
  const body = response.safeJson(errorSchema);
  const text = redact(body?.desc ?? "");
  const says = text === "" ? "" : ` The vendor says: ${text}`;

  if ((status === 401 || status === 403) && body?.code === LICENSE_ERROR) return licenseError(status, says);
  if (status === 401) return refusal(request, says, { status });
  if (status === 403 && body?.code === "PERMISSION_DENIED") return permissionDenied(status, says);
  if (status === 413 && request.startsWith("face")) {
    const what = "the vendor refused the video as too large (413). Give a shorter one as `face`.";
    return new InvalidRequest("findface", what, { status, fields: { video: [] } });
  }
  if (status === 400 && body !== undefined) {
    if (body.param === "video_auth_token" && request === "password") {
      return new SecondFactorRequired(
        "findface",
        "the installation wants the face as well as the password (400). " +
          `Set the option \`face\`, and \`mode: "face_and_password"\`.${says}`,
        { status, methods: [] },
      );
    }
    const fields = fieldsOf(body, redact);
    const named = Object.keys(fields).map((field) => ` Check \`${field}\`.`);
    return new InvalidRequest("findface", `the vendor refused the form of the request (400).${named.join("")}${says}`, {
      status,
      fields,
    });
  }
  return response.toError();
}

/** The error for a missing license: neither the password nor the session is wrong then. */
export function licenseError(status: number, says = ""): AnyVmsError {
  return new AccountUnavailable(
    "findface",
    `the installation's license does not allow it (${status}). Have an administrator check the license.${says}`,
    { status, reason: "license" },
  );
}

/** The error for a missing permission of the account. */
export function permissionDenied(status: number, says = ""): AnyVmsError {
  return new AccountUnavailable(
    "findface",
    `the account is not allowed this (${status}). Have an administrator check its permissions.${says}`,
    { status, reason: "disabled" },
  );
}

function refusal(request: RefusedRequest, says: string, details: VmsErrorDetails): AnyVmsError {
  const face = "the vendor did not recognize the face (401). Check the video in `face`, then call `session.renew()`.";
  if (request === "face") return new InvalidCredentials("findface", face + says, details);
  if (request === "face_first") return new SecondFactorRejected("findface", face + says, details);
  const [what, remedy] =
    request === "password_with_token"
      ? ["user name, the password or the token of the face", "Check that the face is of the same user, or correct"]
      : ["user name or password", "Correct"];
  return new InvalidCredentials(
    "findface",
    `the vendor refused the ${what} (401). ${remedy} \`credentials\`.${says}`,
    details,
  );
}

function fieldsOf({ param, desc }: ErrorBody, redact: (text: string) => string): Record<string, string[]> {
  const field = OUR_FIELDS.has(param ?? "") ? (param ?? "") : redact(param ?? "");
  const text = redact(desc ?? "");
  return field === "" ? {} : { [field]: text === "" ? [] : [text] };
}
