/** Made-up cameras. */
export const cameras: readonly object[] = [
  { id: 1, name: "Gate" },
  { id: 2, name: "Yard" },
];
