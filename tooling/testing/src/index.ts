export { type TestClock, testClock } from "./clock.ts";
export { loginError, thrownBy } from "./errors.ts";
export { allRequested, useNock } from "./nock.ts";
export { testOptions } from "./options.ts";
export { testResend } from "./resend.ts";
export { fastRetry } from "./retry.ts";
export { shows } from "./secrets.ts";
export { type SimulatedOptions, serveSimulated } from "./simulated.ts";
