import { Transform } from "node:stream";
// src/commands/api/pretty.ts
/** How much is laid out, in bytes. What is larger is not read by eye, and is passed on as it came. */
const LIMIT = 67108864;
/** Lays out JSON for reading; what is not JSON passes as it came. Numbers keep their digits, however long they are. */
function prettyJson() {
	let held = [];
	let size = 0;
	return new Transform({
		transform(chunk, _encoding, done) {
			if (held === void 0) return done(null, chunk);
			size += chunk.length;
			held.push(chunk);
			if (size <= LIMIT) return done();
			const all = Buffer.concat(held);
			held = void 0;
			done(null, all);
		},
		flush(done) {
			if (held === void 0 || held.length === 0) return done();
			const all = Buffer.concat(held);
			done(null, laidOut(all.toString("utf8")) ?? all);
		}
	});
}
function laidOut(text) {
	const { rawJSON } = JSON;
	const asWritten = (_key, value, context) => typeof value === "number" && context?.source !== void 0 ? rawJSON(context.source) : value;
	try {
		return `${JSON.stringify(JSON.parse(text, asWritten), void 0, 2)}\n`;
	} catch {
		return;
	}
}
export { prettyJson };
