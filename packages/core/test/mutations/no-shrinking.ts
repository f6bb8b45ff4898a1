import fc from "fast-check";

// Only whether a history fails matters, so it is not shrunk.
fc.configureGlobal({ endOnFailure: true, includeErrorInReport: true });
