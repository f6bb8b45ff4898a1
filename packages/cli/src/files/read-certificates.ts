import { usage } from "../errors/cli-error.ts";
import { readText } from "./read-text.ts";

/** Reads the certificates of a profile's private CA, PEM. */
export function readCertificates(path: string): Promise<string> {
  return readText(path, () =>
    usage(`the certificates in ${path} cannot be read.`, "Sign in again with --ca and the right path."),
  );
}
