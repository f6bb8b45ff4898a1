import { InvalidCredentials, SecondFactorRejected, SecondFactorRequired, UnexpectedResponse } from "@vms/core";
import { METHODS } from "./wire.ts";

/** The error for a 401 to the login. If its body has a code, any of the three values may be wrong. */
export function loginRefused(withCode: boolean): InvalidCredentials {
  if (!withCode)
    return new InvalidCredentials("alta", "the vendor rejected the user name or the password (401).", { status: 401 });
  return new InvalidCredentials("alta", "the vendor rejected the user name, the password or the code (401).", {
    status: 401,
    remedy: { id: "check_options", options: ["credentials", "secondFactor"] },
  });
}

/** The error for a response to the login that opens no session. */
export function noCookie(status: number): UnexpectedResponse {
  return new UnexpectedResponse(
    "alta",
    `the response to the login (${status}) sets no usable \`va\` cookie. ` +
      "In a browser, a program cannot read cookies.",
    { status, paths: ["Set-Cookie: va"] },
  );
}

/** The error for an account that must enrol a second factor first. */
export function mustEnrol(): SecondFactorRequired {
  return new SecondFactorRequired("alta", "the account has to enrol a second factor before it can be used.", {
    reason: "enrolment",
    methods: METHODS,
  });
}

/** The error for a deployment that accepts a login but ignores the code in its body. */
export function codeNotTaken(): SecondFactorRequired {
  return new SecondFactorRequired("alta", "the vendor accepted the login, but ignored the code in its body.", {
    reason: "not_configured",
    methods: METHODS,
    remedy: { id: "check_options", options: ["totpPlacement"] },
  });
}

/** The error for a rejected code. The vendor does not document its status. */
export function wrongCode(status: number): SecondFactorRejected {
  return new SecondFactorRejected("alta", `the vendor rejected the second-factor code (${status}).`, { status });
}

/** The error for a code whose login has already ended at the vendor. */
export function lateCode(): SecondFactorRejected {
  return new SecondFactorRejected(
    "alta",
    "the vendor has already ended the login that the second-factor code was for (401). The code was too late. At some " +
      "deployments, a wrong code also ends the login.",
    { status: 401, remedy: { id: "answer_sooner" } },
  );
}
