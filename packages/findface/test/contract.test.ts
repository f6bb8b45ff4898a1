import { createFindFaceServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { describe, test } from "vitest";
import { createFindFaceSession } from "../src/index.ts";

const timeout = 25_000;

describe("by password", () => {
  flowContract(test, createFindFaceSession, () => createFindFaceServer(), { timeout });
});

describe("by face and password", () => {
  const face = "the operator's face";
  flowContract(
    test,
    (options) => createFindFaceSession({ ...options, mode: "face_and_password", face: new Blob([face]) }),
    () => createFindFaceServer({ mode: "face_and_password" }),
    { timeout },
  );
});
