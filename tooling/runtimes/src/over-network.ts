const ROW = /^`(@vms\/[\w-]+)`, over the network$/;

/** The row of a vendor's result over the network. */
export function overNetwork(vendor: string): string {
  return `\`@vms/${vendor}\`, over the network`;
}

/** The vendor's package, if a row is one over the network. */
export function packageOver(result: string): string | undefined {
  return ROW.exec(result)?.[1];
}
