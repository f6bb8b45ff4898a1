import { type Answer, type AnyVmsError, InvalidCredentials, InvalidRequest } from "@vms/core";
import { type ValidationBody, validationSchema } from "./wire.ts";

/** Fields whose fault is the credentials': we only ever send a login and a password, and neither of them empty. */
const CREDENTIAL_FIELDS = new Set(["login", "password", "email", "username"]);

/** How many fields, and how many texts of each, an error shows. */
const MOST = 20;

/**
 * The error for an answer that is not the good one. The vendor documents 200 and 422 only. So a 422 means wrong
 * credentials, unless its `errors` name a field that has nothing to do with them: then the vendor wants something that
 * this package does not send. Either way the login is not tried again with the same credentials.
 * @param redact takes the secrets of this conversation out of a text of the vendor.
 */
export function errorOf(answer: Answer, redact: (text: string) => string): AnyVmsError {
  const { status } = answer;
  if (status === 422) return refusal(answer.json(validationSchema), redact);
  if (status === 401) {
    return new InvalidCredentials(
      "admin-token",
      "the vendor refused the login or password (401). Correct `credentials`.",
      { status },
    );
  }
  return answer.failure();
}

function refusal(body: ValidationBody, redact: (text: string) => string): AnyVmsError {
  const status = 422;
  const fields = fieldsOf(body, redact);
  const foreign = Object.keys(fields).filter((name) => !isCredentialField(name));
  if (foreign.length > 0) {
    return new InvalidRequest(
      "admin-token",
      `the vendor refused the form of the login (422): see \`fields\` for what it says of ${foreign.join(", ")}.`,
      { status, fields },
    );
  }
  const [reason] = Object.values(fields).flat();
  const says = reason === undefined ? "" : ` The vendor says: ${reason}`;
  return new InvalidCredentials(
    "admin-token",
    `the vendor refused the login or password (422). Correct \`credentials\`.${says}`,
    { status },
  );
}

function fieldsOf({ errors = {} }: ValidationBody, redact: (text: string) => string): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(errors)
      .slice(0, MOST)
      // Our own fields' names stay readable, also where the password is "password".
      .map(([name, texts]) => [isCredentialField(name) ? name : redact(name), textsOf(texts).map(redact)]),
  );
}

function isCredentialField(name: string): boolean {
  return CREDENTIAL_FIELDS.has(name.toLowerCase());
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string").slice(0, MOST);
}
