import type { VendorDescription } from "@vms/core/flow";

/** Describes NtechLab FindFace Multi to programs that support several vendors, such as `vms`. */
export const describe: VendorDescription<
  "mode" | "face" | "videoAuthToken" | "uuid" | "language" | "mobile" | "deviceInfo"
> = {
  vendor: "findface",
  title: "NtechLab FindFace Multi",
  baseUrl: { example: "https://<host>" },
  firstCall: "users/me/",
  // An assumption, seen in clients: the body of an error has the fields `traceback`, `code` and `desc`.
  probe: { path: "users/me/", body: { pattern: /"traceback"\s*:.*"code"\s*:.*"desc"\s*:/s, evidence: "assumed" } },
  options: {
    mode: { type: "text", example: "face" },
    face: { type: "file", example: "video.mp4" },
    videoAuthToken: { type: "code" },
    uuid: { type: "text", example: "control-room-1" },
    language: { type: "text", example: "es" },
    mobile: { type: "flag", example: "true" },
    deviceInfo: { type: "json", example: '{"name":"Control room"}' },
  },
  signsOut: true,
  readsBodies: true,
  pages: { items: "results", next: ["next_page"], parameter: "page" },
  // The face alone signs in.
  passwordOptional: ({ face, mode }) => face !== undefined && mode !== "face_and_password",
};
