import { createFetch, FetchError } from "ofetch";
import { type ClientKind, dataOf, thrownBy } from "./client.ts";

/** ofetch, which passes the body on. Without `responseType: "stream"`, it reads the full response. */
export const ofetchClient: ClientKind = {
  name: "ofetch",
  hands: "body",
  create(baseUrl, { fetch }) {
    const client = createFetch({ fetch, defaults: { baseURL: baseUrl } });
    const post = async (path: string, body: BodyInit | object, options: object | undefined) =>
      dataOf(await client(path, { method: "POST", body: body as BodyInit, ...options }));
    return {
      get: async (path, options) => dataOf(await client(path, options)),
      postJson: post,
      postForm: post,
      upload: post,
      download: (path, options) => client(path, { responseType: "stream", ...options }),
      async fail(path, options) {
        const error = await thrownBy(client(path, { retry: 0, ...options }));
        if (!(error instanceof FetchError) || error.status === undefined) throw error;
        return { as: error.name, status: error.status, body: error.data };
      },
    };
  },
};
