// ../core/dist/abort-BNdyHPhS.js
const brand = Symbol.for("@vms/core/error");
/**
* The base of all errors of `@vms`. Compare `code`, not the class: two copies of this package have two classes.
* No error holds a password, cookie, token, session id or the original error of the network in `cause`.
*/
var VmsError = class extends Error {
	/** The vendor whose session it was, for example `"alta"`. */
	vendor;
	/** Whether the same call can succeed later with nothing changed. */
	retryable;
	constructor(vendor, message, details = {}) {
		super(`[@vms/${vendor}] ${message}`);
		this.vendor = vendor;
		this.retryable = details.retryable ?? false;
		if (details.status !== void 0) this.status = details.status;
		if (details.retryAfter !== void 0) this.retryAfter = details.retryAfter;
		Object.defineProperty(this, brand, { value: true });
	}
};
/** Whether a value is an error of `@vms`, from this copy of the package or another. */
function hasVmsBrand(value) {
	return typeof value === "object" && value !== null && value[brand] === true;
}
/** An option is missing, malformed or contradicts another. Thrown before any request; the message names the option and what to write. */
var InvalidOptions = class extends VmsError {
	name = "InvalidOptions";
	code = "invalid_options";
};
/**
* Waits for a promise, but no longer than a signal allows.
* @throws the signal's own reason, at once when it aborts. The promise itself goes on.
*/
function orAbort(promise, signal) {
	if (signal === void 0 || signal === null) return promise;
	if (signal.aborted) {
		promise.catch(() => {});
		return Promise.reject(signal.reason);
	}
	return new Promise((resolve, reject) => {
		const onAbort = () => reject(signal.reason);
		signal.addEventListener("abort", onAbort, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
	});
}
export { orAbort as i, VmsError as n, hasVmsBrand as r, InvalidOptions as t };
