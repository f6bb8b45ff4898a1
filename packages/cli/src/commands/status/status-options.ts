/** The options of `vms status`. */
export interface StatusOptions {
  readonly json?: true;
  readonly check?: true;
}
