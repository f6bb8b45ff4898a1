import { accountIds } from "./records.ts";

/** A device. Its keys are in the order of the positions in the list. */
export interface EagleEyeDevice {
  readonly account_id: string;
  readonly id: string;
  readonly name: string;
  readonly type: "bridge" | "camera";
  readonly bridges: readonly (readonly [string, string])[] | null;
  readonly service_status: string;
  readonly permissions: string;
  readonly tags: readonly string[];
  readonly guid: string;
  readonly serial_number: string;
  readonly device_status: number;
  readonly timezone: string;
  readonly timezone_utc_offset: number;
  readonly is_unsupported: 0 | 1;
  readonly ip_address: string;
  readonly is_shared: 0 | 1;
  readonly owner_account_name: string;
  readonly is_upnp: boolean;
  readonly video_input: string | null;
  readonly video_status: string | null;
  readonly location: readonly (number | null)[];
  readonly parent_camera_id: string | null;
  readonly child_cameras: readonly string[] | null;
  readonly is_hidden: 0 | 1;
  readonly ignored_inputs: string | null;
  readonly responder_camera: 0 | 1;
}

type Own = Pick<EagleEyeDevice, "account_id" | "id" | "name" | "type" | "bridges" | "service_status" | "guid">;

function device(own: Own, serial: string, ip: string): EagleEyeDevice {
  const { account_id, id, name, type, bridges, service_status, guid } = own;
  return {
    account_id,
    id,
    name,
    type,
    bridges,
    service_status,
    permissions: "swr",
    tags: type === "camera" ? ["outdoor"] : [],
    guid,
    serial_number: serial,
    device_status: service_status === "ATTD" ? 1_441_847 : 1_048_576,
    timezone: "Europe/Lisbon",
    timezone_utc_offset: 0,
    is_unsupported: 0,
    ip_address: ip,
    is_shared: 0,
    owner_account_name: account_id === accountIds[0] ? "Acme Logistics" : "Acme Depot South",
    is_upnp: false,
    video_input: null,
    video_status: null,
    location: [38.72, -9.14, null, null, null, null],
    parent_camera_id: null,
    child_cameras: null,
    is_hidden: 0,
    ignored_inputs: null,
    responder_camera: 0,
  };
}

const [main, south] = accountIds;
const bridge = "1004a7c1";

/** Made-up devices. A session sees those of its account. */
export const devices: readonly EagleEyeDevice[] = [
  device(
    {
      account_id: main,
      id: bridge,
      name: "Depot bridge",
      type: "bridge",
      bridges: [
        ["100be3f2", "ATTD"],
        ["100c9d05", "IDLE"],
      ],
      service_status: "ATTD",
      guid: "4f0c1a52-6d1e-4c43-9b0e-2a5b6c7d8e9f",
    },
    "EEN-BR300-00001",
    "192.0.2.10",
  ),
  device(
    {
      account_id: main,
      id: "100be3f2",
      name: "Gate camera",
      type: "camera",
      bridges: [[bridge, "ATTD"]],
      service_status: "ATTD",
      guid: "9a6de1c0-33b5-4d7f-8b52-70c4e5f6a7b8",
    },
    "000000000001",
    "192.0.2.11",
  ),
  device(
    {
      account_id: main,
      id: "100c9d05",
      name: "Ramp camera",
      type: "camera",
      bridges: [[bridge, "IDLE"]],
      service_status: "IDLE",
      guid: "c7b8a990-1f2e-4a3b-b4c5-d6e7f8091a2b",
    },
    "000000000002",
    "192.0.2.12",
  ),
  device(
    {
      account_id: south,
      id: "100d71b8",
      name: "Yard camera",
      type: "camera",
      bridges: null,
      service_status: "ATTD",
      guid: "0d1e2f30-4a5b-4c6d-8e7f-90a1b2c3d4e5",
    },
    "000000000003",
    "192.0.2.13",
  ),
];

/** The filters of the list: id, name, type and service status. */
const filters = { e: "id", n: "name", t: "type", s: "service_status" } as const;

/** The devices of an account that match every filter, as positional arrays. */
export function deviceList(account: string, query: URLSearchParams): unknown[][] {
  const wanted = Object.entries(filters).filter(([parameter]) => query.has(parameter));
  return devices
    .filter((found) => found.account_id === account)
    .filter((found) => wanted.every(([parameter, key]) => found[key] === query.get(parameter)))
    .map((found) => Object.values(found));
}
