/** Made-up alarm zones. */
export const alarmZones: readonly object[] = [
  { id: 1, name: "Loading dock", armed: true, deviceIds: [101, 102] },
  { id: 2, name: "Reception", armed: false, deviceIds: [103] },
  { id: 3, name: "Server room", armed: true, deviceIds: [104] },
];

/** Made-up devices. */
export const devices: readonly object[] = [
  { id: 101, name: "Dock camera north", model: "Dome 5MP", online: true },
  { id: 102, name: "Dock camera south", model: "Dome 5MP", online: true },
  { id: 103, name: "Reception camera", model: "Fisheye 12MP", online: true },
  { id: 104, name: "Server room camera", model: "Bullet 8MP", online: false },
];

/** Made-up current alerts. */
export const ongoingAlerts: readonly object[] = [
  { guid: "5b0c2f8e-31f7-4f2a-9a53-6f5d0f1c7a10", alarm_zone_id: 1, merged: false, origin_name: "Dock camera north" },
  { guid: "c2a3d9f4-7e1b-4a55-8d3c-94c1e0b6f322", alarm_zone_id: 3, merged: true, origin_name: "Server room camera" },
];
