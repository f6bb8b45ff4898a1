/** Made-up locations of monitors. */
export const locations: readonly object[] = [
  { id: "10", name: "Lisbon, PT", region: "2", has_chrome: 1, has_firefox: 1, ipv6: 0 },
  { id: "14", name: "Oslo, NO", region: "2", has_chrome: 1, has_firefox: 0, ipv6: 1 },
  { id: "22", name: "Denver, CO", region: "1", has_chrome: 0, has_firefox: 1, ipv6: 0 },
];

/** Made-up monitors. */
export const devices: readonly ({ id: string } & Record<string, string>)[] = [
  { id: "90211", name: "Front page", type: "web", status: "ok", interval: "5" },
  { id: "90212", name: "Checkout", type: "transaction", status: "ok", interval: "15" },
  { id: "90307", name: "Orders API", type: "api", status: "warning", interval: "1" },
];
