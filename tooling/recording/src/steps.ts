/** The size of the recorded terminal, in characters. */
export const COLUMNS = 80;

/** The typed commands, in order. `vms simulator` runs beside them. */
export const STEPS: readonly string[] = [
  "vms login alta --simulator",
  "vms status",
  "vms api alta api/v1/alarmZones",
  "vms logout alta",
];
