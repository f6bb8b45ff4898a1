import type { Mutation } from "./mutation.ts";

export const otherMutations: readonly Mutation[] = [
  {
    removed: "that a failed renewal does not bring the next one forward",
    file: "state/renewal-time.ts",
    find: "Math.max(live.renewFrom, clock.now() + delay)",
    replace: "clock.now() + delay",
  },
  {
    removed: "that only one renewal runs at a time",
    file: "state/live-session.ts",
    find: " && live.renewal === undefined",
    replace: "",
  },
  {
    removed: "that a rotation keeps the delay after a failed renewal",
    file: "state/rotate-session.ts",
    find: "if (live.failedRenewals > 0) rotated.renewFrom",
    replace: "if (live.failedRenewals < 0) rotated.renewFrom",
  },
  {
    removed: "the limit of one resend",
    file: "session/login-gate.ts",
    find: "if (rejections > 1 || (rejections === 1 && !(sent.adopted && sent.acceptedAt === undefined))) {",
    replace: "if (call === undefined) {",
  },
  {
    removed: "that a request whose body is used up is not resent",
    file: "request/judge-response.ts",
    find: "operation, rejections) || sent.replayable === false)",
    replace: "operation, rejections))",
  },
  {
    removed: "the check that the origin of a call may see the credential",
    file: "request/prepare-url.ts",
    find: "requireAllowed(scope, target, credential);",
    replace: "",
  },
  {
    removed: "the check of the origin before a resend",
    file: "request/authenticated-fetch.ts",
    find: "const url = prepareUrl(",
    replace: 'const url = rejections > 0 && call.url.startsWith("https:") ? call.url : prepareUrl(',
  },
  {
    removed: "that a lease writes nothing after its lock was released",
    file: "store/open-lease.ts",
    find: 'if (ended) throw notWritten("the lock was already released.");',
    replace: "",
  },
  {
    removed: "the order of the writes of a lease: a write that is not the latest wins",
    file: "store/open-lease.ts",
    find: "const written = tail.then(() => write(value, given));",
    replace: "const written = write(value, given);",
  },
  {
    removed: "that `memoryStore` releases a lock only after the last write of its lease",
    file: "store/memory-store.ts",
    find: "await end();",
    replace: "void end();",
  },
  {
    removed: "the wait in `memoryStore` for the previous holder of a lock",
    file: "store/memory-store.ts",
    find: "await orAbort(before, options.signal);",
    replace: "options.signal?.throwIfAborted();",
  },
  {
    removed: "that the holder of a lock finishes before a waiter gives up at the same moment",
    file: "store/hold-lease.ts",
    find: 'cancel = clock.timer(0, () => tooLate.abort(new Error("no lock in time")));',
    replace: 'tooLate.abort(new Error("no lock in time"));',
  },
];
