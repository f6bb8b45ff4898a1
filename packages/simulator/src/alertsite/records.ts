/** Made-up locations of monitors. */
export const locations: readonly object[] = [
  { id: "10", name: "Lisbon, PT", region: "2", has_chrome: 1, has_firefox: 1, ipv6: 0 },
  { id: "14", name: "Oslo, NO", region: "2", has_chrome: 1, has_firefox: 0, ipv6: 1 },
  { id: "22", name: "Denver, CO", region: "1", has_chrome: 0, has_firefox: 1, ipv6: 0 },
];

interface Monitor {
  readonly id: string;
  readonly name: string;
  readonly site_type: string;
  readonly status: string;
  readonly interval: string;
  readonly locations: readonly { readonly id: string; readonly name: string }[];
  readonly script?: string;
}

const [lisbon, oslo, denver] = [
  { id: "10", name: "Lisbon, PT" },
  { id: "14", name: "Oslo, NO" },
  { id: "22", name: "Denver, CO" },
];

/** Made-up monitors. */
export const devices: readonly Monitor[] = [
  { id: "90211", name: "Front page", site_type: "website", status: "ok", interval: "5", locations: [lisbon, oslo] },
  {
    id: "90212",
    name: "Checkout",
    site_type: "dejaclick",
    status: "ok",
    interval: "15",
    locations: [lisbon],
    script: "<script/>",
  },
  {
    id: "90307",
    name: "Orders API",
    site_type: "soapui",
    status: "warning",
    interval: "1",
    locations: [denver],
    script: "<project/>",
  },
];

/** A monitor as the API shows it. */
export function deviceRecord({ script, ...device }: Monitor, showScripts: boolean): object {
  return showScripts && script !== undefined ? { ...device, script } : device;
}

/** The monitors that match the filters of a query; `undefined` if an id is unknown. */
export function devicesOf(query: URLSearchParams): object[] | undefined {
  const ids = query.get("id")?.split(",");
  const types = query.get("site_type")?.split(",");
  if (ids?.some((id) => !devices.some((device) => device.id === id))) return undefined;
  return devices
    .filter(({ id }) => ids === undefined || ids.includes(id))
    .filter(({ site_type: type }) => types === undefined || types.includes(type))
    .map((device) => deviceRecord(device, query.get("show_scripts") === "1"));
}
