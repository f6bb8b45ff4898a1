// src/version.ts
/** The version of this package. */
const version = "0.0.0";
export { version as t };
