import process from "node:process";
// src/commands/api/progress.ts
const WIDTH = 30;
const EVERY = 100;
/**
* Shows how far a download is, on one line of the terminal.
*
* It is written here because no library fits: cli-progress, the best known, was last released in 2023 and brings four
* packages along, for a line of ASCII.
* @param total in bytes, where it is known.
*/
function progressOf(total) {
	return (written) => {
		const { stderr } = process;
		if (stderr.isTTY !== true) return () => {};
		const started = performance.now();
		const draw = () => {
			const line = progressLine(written(), total, performance.now() - started);
			stderr.write(`\r${line.slice(0, (stderr.columns ?? 80) - 1)}\x1b[K`);
		};
		draw();
		const timer = setInterval(draw, EVERY);
		timer.unref();
		return () => {
			clearInterval(timer);
			stderr.write("\r\x1B[K");
		};
	};
}
/** One state of the line. */
function progressLine(bytes, total, ms) {
	const rate = `${size(bytes / Math.max(ms, 1) * 1e3)}/s`;
	if (total === void 0 || total === 0) return `${size(bytes)}  ${rate}`;
	const part = Math.min(bytes / total, 1);
	const bar = "#".repeat(Math.round(part * WIDTH)).padEnd(WIDTH, ".");
	const percent = `${Math.floor(part * 100)}%`.padStart(4);
	const left = bytes === 0 ? "" : `  ${duration((total - bytes) / bytes * ms)} left`;
	return `[${bar}] ${percent}  ${size(bytes)} of ${size(total)}  ${rate}${left}`;
}
function size(bytes) {
	const units = [
		"B",
		"kB",
		"MB",
		"GB",
		"TB"
	];
	let unit = 0;
	let value = bytes;
	for (; value >= 1e3 && unit < units.length - 1; unit++) value /= 1e3;
	return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
function duration(ms) {
	const seconds = Math.max(0, Math.round(ms / 1e3));
	const minutes = Math.floor(seconds / 60);
	return minutes === 0 ? `${seconds} s` : `${minutes}:${String(seconds % 60).padStart(2, "0")} min`;
}
export { progressLine, progressOf };
