import { type CliError, usage } from "../errors/cli-error.ts";
import { readText } from "./read-text.ts";

/** Reads the certificates of a profile's private CA, PEM. */
export function readCertificates(path: string): Promise<string> {
  return readText(path, (code) => unreadableCertificates(path, code, "Sign in again with --ca and the right path."));
}

/** The error for certificates that cannot be read. */
export function unreadableCertificates(path: string, code: string | undefined, hint: string): CliError {
  const isMissing = code === "ENOENT";
  return usage(
    isMissing ? `there is no certificate file ${path}.` : `the certificates in ${path} cannot be read (${code}).`,
    hint,
  );
}
