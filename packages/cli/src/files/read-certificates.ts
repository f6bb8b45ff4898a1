import { readFile } from "node:fs/promises";
import { usage } from "../errors/cli-error.ts";

/** Reads the certificates of a profile's private CA, PEM. */
export function readCertificates(path: string): Promise<string> {
  return readFile(path, "utf8").catch((): never => {
    throw usage(`the certificates in ${path} cannot be read.`, "Sign in again with --ca and the right path.");
  });
}
