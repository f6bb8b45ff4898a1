import type { Program } from "../../src/programs.ts";
import type { Scene } from "./scene.ts";

/** Ends `shutdown.ts` once the vendor has answered a call. */
export function operating({ file }: Program): Scene {
  if (file !== "shutdown.ts") return {};
  return {
    during(child, { alta }) {
      const timer = setInterval(() => {
        if (!alta.requests.some(({ path, status }) => path.endsWith("/alarmZones") && status === 200)) return;
        clearInterval(timer);
        setTimeout(() => child.kill("SIGTERM"), 300);
      }, 50);
      child.on("close", () => clearInterval(timer));
    },
  };
}
