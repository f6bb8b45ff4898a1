import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** The CPU time of a process so far, in µs; `undefined` except on Linux. */
export function cpuOf(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const threads = readdirSync(`/proc/${pid}/task`).map((id) =>
    readFileSync(`/proc/${pid}/task/${id}/schedstat`, "latin1"),
  );
  return threads.reduce((sum, line) => sum + Number(line.split(" ")[0]), 0) / 1_000;
}

/** Resets the peak memory of a process, and returns its current memory in bytes; `undefined` except on Linux. */
export function resetPeak(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  return memoryOf(pid, "VmRSS");
}

/** The peak memory of a process since the reset, in bytes. */
export function peakOf(pid: number): number | undefined {
  return process.platform === "linux" ? memoryOf(pid, "VmHWM") : undefined;
}

function memoryOf(pid: number, field: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) * 1_024;
}
