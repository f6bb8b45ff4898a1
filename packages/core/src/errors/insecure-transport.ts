import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** `insecure_transport`: credentials would travel unencrypted. Thrown before any request. */
export class InsecureTransport extends VmsError {
  override readonly name = "InsecureTransport";
  readonly code = "insecure_transport" as const;

  constructor(vendor: string, problem: string, details: VmsErrorDetails = {}) {
    super(vendor, problem, { remedy: { id: "use_https" }, ...details });
  }
}
