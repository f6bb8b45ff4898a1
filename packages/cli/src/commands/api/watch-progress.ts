import type { System } from "../../system/system.ts";
import type { ProgressWatcher } from "./download.ts";

/** A transfer that ends sooner shows nothing, in ms. */
const SHOWN_AFTER = 500;

/**
 * Shows the progress of a long transfer on standard error, if that is a terminal.
 * @param total in bytes, if known.
 */
export function watchProgress({ stderr }: System, total: number | undefined): ProgressWatcher {
  return (written) => {
    if (stderr.isTTY !== true) return () => {};
    const began = performance.now();
    let isOver = false;
    let stop = () => {};
    const show = async () => {
      // Imported late, because most transfers are short.
      const { progressBar } = await import("./progress-bar.ts");
      if (!isOver) stop = progressBar(stderr, { written, total, began });
    };
    // A transfer does not fail because its progress cannot be shown.
    const timer = setTimeout(() => void show().catch(() => {}), SHOWN_AFTER);
    return () => {
      isOver = true;
      clearTimeout(timer);
      stop();
    };
  };
}
