import {
  AccountUnavailable,
  type AnyVmsError,
  InvalidCredentials,
  InvalidRequest,
  type Remedy,
  SecondFactorRejected,
  SecondFactorRequired,
  type VmsErrorDetails,
} from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";
import { type ErrorBody, errorSchema, LICENSE_ERROR } from "./wire.ts";

/** The rejected request, which decides the error. */
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

const CHECK_FACE: Remedy = { id: "check_options", options: ["face"] };

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
  const says = text === "" ? "" : ` The vendor's message: ${text}`;

  if ((status === 401 || status === 403) && body?.code === LICENSE_ERROR) return licenseError(status, says);
  if (status === 401) return refusal(request, says, { status });
  // An assumption: `PERMISSION_DENIED` in response to a login means that the account may not sign in.
  if (status === 403 && body?.code === "PERMISSION_DENIED") return permissionDenied(status, says);
  if (status === 413 && request.startsWith("face")) {
    const what = "the vendor rejected the video, because it is too large (413).";
    return new InvalidRequest("findface", what, { status, fields: { video: [] }, remedy: CHECK_FACE });
  }
  if (status === 400 && body !== undefined) {
    // An assumption: a login without a required face gets a 400 that names `video_auth_token`.
    if (body.param === "video_auth_token" && request === "password") {
      return new SecondFactorRequired(
        "findface",
        `the installation requires the face and the password (400).${says} ` +
          'Set the option `face`, and `mode: "face_and_password"`.',
        { status, reason: "not_configured", methods: [], remedy: { id: "correct_option", option: "face" } },
      );
    }
    const fields = fieldsOf(body, redact);
    const options = Object.keys(fields);
    return new InvalidRequest("findface", `the vendor rejected the request as malformed (400).${says}`, {
      status,
      fields,
      remedy: options.length === 0 ? { id: "check_base_url" } : { id: "check_options", options },
    });
  }
  return response.toError();
}

/** The error for a missing license: neither the password nor the session is wrong then. */
export function licenseError(status: number, says = ""): AnyVmsError {
  return new AccountUnavailable("findface", `the installation's license does not allow this (${status}).${says}`, {
    status,
    reason: "license",
  });
}

/** The error for a missing permission of the account. */
export function permissionDenied(status: number, says = ""): AnyVmsError {
  return new AccountUnavailable("findface", `the account has no permission for this (${status}).${says}`, {
    status,
    reason: "disabled",
  });
}

function refusal(request: RefusedRequest, says: string, details: VmsErrorDetails): AnyVmsError {
  // An assumption: a 401 in response to a video means that the face is unknown.
  const face = `the vendor did not recognize the face (401).${says}`;
  if (request === "face") return new InvalidCredentials("findface", face, { ...details, remedy: CHECK_FACE });
  if (request === "face_first") return new SecondFactorRejected("findface", face, { ...details, remedy: CHECK_FACE });
  if (request === "password") {
    return new InvalidCredentials(
      "findface",
      `the vendor rejected the user name or the password (401).${says}`,
      details,
    );
  }
  const what = `the vendor rejected the user name, the password or the token of the face (401).${says}`;
  const remedy: Remedy = { id: "check_options", options: ["credentials", "face"] };
  return new InvalidCredentials("findface", what, { ...details, remedy });
}

function fieldsOf({ param, desc }: ErrorBody, redact: (text: string) => string): Record<string, string[]> {
  const field = OUR_FIELDS.has(param ?? "") ? (param ?? "") : redact(param ?? "");
  const text = redact(desc ?? "");
  return field === "" ? {} : { [field]: text === "" ? [] : [text] };
}
