import { abortProbes } from "./fetch-probes/aborts.ts";
import { bodyProbes } from "./fetch-probes/bodies.ts";
import { headerProbes } from "./fetch-probes/headers.ts";
import { initProbes } from "./fetch-probes/inits.ts";
import { inputProbes } from "./fetch-probes/inputs.ts";
import { redirectProbes } from "./fetch-probes/redirects.ts";
import { requestProbes } from "./fetch-probes/requests.ts";
import { responseProbes } from "./fetch-probes/responses.ts";
import { kyFailureProbes } from "./ky-probes/failures.ts";
import { kyHookProbes } from "./ky-probes/hooks.ts";
import { kyOptionProbes } from "./ky-probes/options.ts";
import { responseBodyProbes } from "./node-probes/bodies.ts";
import { callProbes } from "./node-probes/calls.ts";
import { encodingProbes } from "./node-probes/encodings.ts";
import { shapeProbes } from "./node-probes/shapes.ts";
import type { Probe } from "./probe.ts";

export const fetchProbes: readonly Probe[] = [
  ...inputProbes,
  ...initProbes,
  ...headerProbes,
  ...bodyProbes,
  ...requestProbes,
  ...redirectProbes,
  ...responseProbes,
  ...abortProbes,
];

export const kyProbes: readonly Probe[] = [...kyOptionProbes, ...kyHookProbes, ...kyFailureProbes];

export const nodeFetchProbes: readonly Probe[] = [
  ...fetchProbes,
  ...encodingProbes,
  ...responseBodyProbes,
  ...shapeProbes,
  ...callProbes,
];
