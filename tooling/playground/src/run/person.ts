import type { SecondFactor } from "@vms/core";
import type { AltaServer, EagleEyeServer, VendorServer } from "@vms/simulator";
import type { Vendor } from "@vms-tooling/vendors";
import type { World } from "../world/install.ts";
import type { Recorder } from "./recorder.ts";

/** Made up, in base32. */
export const TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** How long a person needs to enter a code, in ms. */
const THINKING = 8000;

/** A person who enters the code that the vendor asks for. */
export function secondFactorOf(
  { vendor }: Vendor,
  server: VendorServer,
  { time }: World,
  recorder: Recorder,
  process: number,
): SecondFactor | undefined {
  if (vendor !== "alta" && vendor !== "eagleeye") return undefined;
  return async ({ account }) => {
    recorder.add(process, { kind: "person", text: "is asked for the code" });
    await new Promise<void>((resolve) => time.set(resolve, THINKING));
    recorder.add(process, { kind: "person", text: "enters the code" });
    if (vendor === "alta") return { method: "totp", code: await (server as AltaServer).totpCode(account) };
    return { method: "sms", code: (server as EagleEyeServer).inbox.at(-1)?.code ?? "" };
  };
}
