import { apollo } from "./apollo.ts";
import { axiosClient } from "./axios.ts";
import type { ClientKind } from "./client.ts";
import { fetchClient } from "./fetch.ts";
import { heyApi } from "./hey-api.ts";
import { ownKy, sessionHttp } from "./ky.ts";
import { ofetchClient } from "./ofetch.ts";
import { openapiFetch } from "./openapi-fetch.ts";
import { wretchClient } from "./wretch.ts";

/** All clients of the matrix. */
export const clients: readonly ClientKind[] = [
  fetchClient,
  sessionHttp,
  ownKy,
  openapiFetch,
  heyApi,
  axiosClient,
  ofetchClient,
  apollo,
  wretchClient,
];
