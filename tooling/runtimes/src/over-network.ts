const ROW = /^`(@vms\/[\w-]+)`, over the network$/;

/** The name of a vendor's result over the network. */
export function overNetwork(vendor: string): string {
  return `\`@vms/${vendor}\`, over the network`;
}

/** The package of the vendor, if a result is one over the network. */
export function packageOver(result: string): string | undefined {
  return ROW.exec(result)?.[1];
}
