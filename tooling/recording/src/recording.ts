import { join } from "node:path";

/** The file of the recording. */
export const RECORDING: string = join(import.meta.dirname, "../../../docs/pictures/vms.svg");
