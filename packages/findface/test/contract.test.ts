import { createFindFaceServer } from "@vms/simulator";
import { type FlowContractOptions, flowContract } from "@vms/test-suite";
import { describe, test } from "vitest";
import { createFindFaceSession } from "../src/index.ts";

const stated: FlowContractOptions = {
  timeout: 25_000,
  lifetime: { expiresIn: 180 * 86_400_000 },
  outlives: true,
  otherIdentity: (options) => createFindFaceSession({ ...options, uuid: "control-room-1" }),
  calls: ["users/", "sessions/"],
  post: { path: "sessions/delete/", json: { id_in: [] } },
  forbiddenCall: "license/",
};

describe("by password", () => {
  flowContract(test, createFindFaceSession, () => createFindFaceServer(), stated);
});

describe("by face and password", () => {
  const face = { mode: "face_and_password", face: new Blob(["the operator's face"]) } as const;
  flowContract(
    test,
    (options) => createFindFaceSession({ ...options, ...face }),
    () => createFindFaceServer({ mode: "face_and_password" }),
    {
      ...stated,
      extends: true,
      otherIdentity: (options) => createFindFaceSession({ ...options, ...face, uuid: "control-room-1" }),
    },
  );
});
