import { type AnyVmsError, InvalidCredentials, InvalidRequest } from "@vms/core";
import type { FlowResponse } from "@vms/core/flow";
import { type ValidationBody, validationSchema } from "./wire.ts";

/** Fields of the credentials: the package sends only a login and a password, and neither is empty. */
const CREDENTIAL_FIELDS = new Set(["login", "password", "email", "username"]);

/** The largest number of fields, and of texts per field, in an error. */
const MOST = 20;

/**
 * The error for a response to the login other than 200. The vendor documents only 200 and 422. If the `errors` of a 422 name
 * a field other than the login and the password, the vendor expects something that this package does not send.
 * In both cases the login is not retried with the same credentials.
 *
 * An assumption: a 422 or 401 in response to the login means wrong credentials, unless the 422 names another field. In `@vms/simulator`: `badCredentials`, `badCredentialsKeys`.
 * @param redact removes the login's secrets from a text of the vendor.
 */
export function errorOf(response: FlowResponse, redact: (text: string) => string): AnyVmsError {
  const { status } = response;
  if (status === 422) return refusal(response.json(validationSchema), redact);
  if (status === 401) {
    return new InvalidCredentials("admin-token", "the vendor rejected the login or the password (401).", { status });
  }
  return response.toError();
}

function refusal(body: ValidationBody, redact: (text: string) => string): AnyVmsError {
  const status = 422;
  const fields = fieldsOf(body, redact);
  const foreign = Object.keys(fields).filter((name) => !isCredentialField(name));
  if (foreign.length > 0) {
    return new InvalidRequest(
      "admin-token",
      `the vendor rejected the login as malformed (422). \`fields\` has the vendor's texts about ${foreign.join(", ")}.`,
      { status, fields, remedy: { id: "check_base_url" } },
    );
  }
  const [reason] = Object.values(fields).flat();
  const says = reason === undefined ? "" : ` The vendor's message: ${reason}`;
  return new InvalidCredentials("admin-token", `the vendor rejected the login or the password (422).${says}`, {
    status,
  });
}

function fieldsOf({ errors = {} }: ValidationBody, redact: (text: string) => string): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(errors)
      .slice(0, MOST)
      // The names of the credential fields stay readable, even if the password is "password".
      .map(([name, texts]) => [isCredentialField(name) ? name : redact(name), textsOf(texts).map(redact)]),
  );
}

function isCredentialField(name: string): boolean {
  return CREDENTIAL_FIELDS.has(name.toLowerCase());
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string").slice(0, MOST);
}
