import { InvalidCredentials, SecondFactorRejected, SecondFactorRequired, UnexpectedResponse } from "@vms/core";
import { METHODS } from "./wire.ts";

/** The error for a login that was answered 401. With a code in its body, any of the three values may be wrong. */
export function loginRefused(withCode: boolean): InvalidCredentials {
  const what = withCode
    ? "the vendor refused the user name, the password or the code (401). " +
      "Correct `credentials`, check what `secondFactor` answers, then call `renew()`."
    : "the vendor refused the user name or password (401). Correct `credentials`.";
  return new InvalidCredentials("alta", what, { status: 401 });
}

/** The error for a login that was answered without a session. */
export function noCookie(status: number): UnexpectedResponse {
  return new UnexpectedResponse(
    "alta",
    `the login was answered ${status} without a \`va\` cookie that can be sent. ` +
      "Check the base URL; in a browser, cookies cannot be read at all.",
    { status, paths: ["Set-Cookie: va"] },
  );
}

/** The error for an account that must enrol a second factor first. */
export function mustEnrol(): SecondFactorRequired {
  return new SecondFactorRequired(
    "alta",
    "the account has to enrol a second factor before it can be used. " +
      "Sign in to the vendor's web page with it and enrol there, then call `renew()`.",
    { methods: METHODS },
  );
}

/** The error for a deployment that accepts a login but ignores the code in its body. */
export function codeNotTaken(): SecondFactorRequired {
  return new SecondFactorRequired(
    "alta",
    "the vendor took the login, but not the code in its body: the code is owed still. " +
      'Leave out `totpPlacement`, or set it to "totp".',
    { methods: METHODS },
  );
}

/** The error for a refused code. The vendor does not document its status. */
export function wrongCode(status: number): SecondFactorRejected {
  return new SecondFactorRejected(
    "alta",
    `the vendor refused the code of the second factor (${status}). Check that its secret is this account's and that ` +
      "this machine's clock is right, then call `renew()`.",
    { status },
  );
}

/** The error for a code whose login has already ended at the vendor. */
export function lateCode(): SecondFactorRejected {
  return new SecondFactorRejected(
    "alta",
    "the vendor had ended the login that the code of the second factor was for (401): the code came too late, or was " +
      "wrong at a deployment that ends a login so. Have the right code answered sooner, then call `renew()`.",
    { status: 401 },
  );
}
