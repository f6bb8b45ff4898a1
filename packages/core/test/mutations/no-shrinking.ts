import fc from "fast-check";

// It matters only that a history fails, not which is the shortest that does.
fc.configureGlobal({ endOnFailure: true, includeErrorInReport: true });
