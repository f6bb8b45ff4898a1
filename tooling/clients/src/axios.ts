import axios, { AxiosError } from "axios";
import { type ClientKind, dataOf, thrownBy } from "./client.ts";

/** axios with its fetch adapter, which passes a `Request` to `fetch`. */
export const axiosClient: ClientKind = {
  name: "axios",
  hands: "Request",
  create(baseUrl, { fetch }) {
    const client = axios.create({ baseURL: baseUrl, adapter: "fetch", env: { fetch } });
    return {
      get: async (path, options) => dataOf((await client.get(path, options)).data),
      postJson: async (path, value, options) => dataOf((await client.post(path, value, options)).data),
      // In Node, `post` sends a multipart form with the content type of a urlencoded form.
      postForm: async (path, form, options) =>
        dataOf((await client[form instanceof FormData ? "postForm" : "post"](path, form, options)).data),
      async upload(path, body, options) {
        const headers = { "content-type": "application/octet-stream" };
        return dataOf((await client.post(path, body, { headers, ...options })).data);
      },
      // Without `responseType`, axios reads the full body as text.
      download: async (path, options) => (await client.get(path, { responseType: "stream", ...options })).data,
      async fail(path, options) {
        const error = await thrownBy(client.get(path, options));
        if (!(error instanceof AxiosError) || error.response === undefined) throw error;
        return { as: error.name, status: error.response.status, body: error.response.data };
      },
    };
  },
};
