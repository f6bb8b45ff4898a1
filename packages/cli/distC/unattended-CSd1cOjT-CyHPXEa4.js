// ../core/dist/unattended-CSd1cOjT.js
const MARK = Symbol.for("@vms/core/unattended");
/**
* Marks a function that answers without a human, such as one that reads a code from a device, so that renewals in the
* background ask it as well. Without the mark, a function is taken to wait for a human, who is asked only while a call waits.
* @returns the function itself.
*/
function unattended(answerer) {
	return Object.defineProperty(answerer, MARK, { value: true });
}
/** Whether a function has the mark. */
function isUnattended(answerer) {
	return MARK in answerer;
}
export { unattended as n, isUnattended as t };
