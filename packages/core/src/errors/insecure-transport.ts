import { VmsError } from "./vms-error.ts";

/** Credentials would have travelled without encryption. Thrown before any request. */
export class InsecureTransport extends VmsError {
  override readonly name = "InsecureTransport";
  readonly code = "insecure_transport" as const;
}
