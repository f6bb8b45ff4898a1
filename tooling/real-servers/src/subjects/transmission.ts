import { createTransmissionSession } from "../flows/transmission.ts";
import { startTransmission } from "../servers/transmission.ts";
import type { Subject } from "./subject.ts";

export const transmission: Subject = {
  name: "transmission",
  title: "Transmission",
  programs: ["transmission-daemon"],
  packages: ["transmission-daemon"],
  start: startTransmission,
  makeSession: createTransmissionSession,
  contract: {
    signsOut: false,
    calls: [{ path: "rpc", json: { method: "session-stats" } }],
    post: { path: "rpc", json: { method: "session-get" } },
    cannot: { forbiddenCall: "The only account may do everything." },
  },
  failing: {
    "the stored value is plain JSON without the password":
      "Basic authentication needs the password for each call, but a flow then has only the stored data.",
  },
  unaskable: {
    expiry: "The server does not report the lifetime of a session id.",
    logout: "The server has no sign-out.",
  },
  further: [],
};
