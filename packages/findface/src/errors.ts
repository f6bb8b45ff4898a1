import { AccountUnavailable, type Answer, type AnyVmsError, InvalidCredentials, InvalidRequest } from "@vms/core";
import { type ErrorBody, errorSchema, LICENSE_ERROR } from "./wire.ts";

/** The names of what a login sends: no secret, whatever a value of it is. */
const OUR_FIELDS = new Set(["uuid", "video_auth_token", "mobile", "device_info"]);

/**
 * The error for an answer that is not the good one.
 * @param redact takes the secrets of this conversation out of a text of the vendor.
 */
export function errorOf(answer: Answer, redact: (text: string) => string): AnyVmsError {
  const { status } = answer;
  const body = answer.jsonIf(errorSchema);
  const says = body?.desc ? ` The vendor says: ${redact(body.desc)}` : "";

  if ((status === 401 || status === 403) && body?.code === LICENSE_ERROR) {
    return new AccountUnavailable(
      "findface",
      `the installation's license does not allow it (${status}). Have an administrator check the license.${says}`,
      { status, reason: "license" },
    );
  }
  if (status === 401) {
    return new InvalidCredentials(
      "findface",
      `the vendor refused the user name or password (401). Correct \`credentials\`.${says}`,
      { status },
    );
  }
  if (status === 403 && body?.code === "PERMISSION_DENIED") {
    return new AccountUnavailable(
      "findface",
      `the account is not allowed this (403). Have an administrator check its permissions.${says}`,
      { status, reason: "disabled" },
    );
  }
  if (status === 400 && body !== undefined) {
    const fields = fieldsOf(body, redact);
    const named = Object.keys(fields).map((field) => ` Check \`${field}\`.`);
    return new InvalidRequest("findface", `the vendor refused the form of the request (400).${named.join("")}${says}`, {
      status,
      fields,
    });
  }
  return answer.failure();
}

function fieldsOf({ param, desc }: ErrorBody, redact: (text: string) => string): Record<string, string[]> {
  if (!param) return {};
  return { [OUR_FIELDS.has(param) ? param : redact(param)]: desc ? [redact(desc)] : [] };
}
