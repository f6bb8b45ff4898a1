import createClient, { type FetchOptions } from "openapi-fetch";
import { type ClientKind, dataOf } from "./client.ts";

/** Any path, as a schema describes it. */
interface Paths {
  [path: `/${string}`]: {
    get: { responses: { 200: { content: { "application/json": object } } } };
    post: {
      requestBody: { content: { "application/json": unknown } };
      responses: { 200: { content: { "application/json": object } } };
    };
  };
}

type PostOptions = FetchOptions<Paths[`/${string}`]["post"]>;

/** openapi-fetch, which passes a `Request` to `fetch`, so its base URL must be absolute. */
export const openapiFetch: ClientKind = {
  name: "openapi-fetch",
  hands: "Request",
  create(baseUrl, session) {
    const client = createClient<Paths>({ baseUrl, fetch: session.fetch });
    const asItIs = (body: unknown) => body;
    const post = async (path: string, options: PostOptions) => {
      const { data, response } = await client.POST(`/${path}`, { ...options });
      if (data === undefined) throw new Error(`status ${response.status}`);
      return dataOf(data);
    };
    return {
      async get(path, options) {
        const { data, response } = await client.GET(`/${path}`, { ...options });
        if (data === undefined) throw new Error(`status ${response.status}`);
        return dataOf(data);
      },
      postJson: (path, value, options) => post(path, { body: value, ...options }),
      postForm: (path, form, options) =>
        post(path, { body: form, bodySerializer: asItIs, headers: { "content-type": null }, ...options }),
      upload: (path, body, options) =>
        post(path, {
          body,
          bodySerializer: asItIs,
          headers: { "content-type": "application/octet-stream" },
          duplex: "half",
          ...options,
        } as PostOptions),
      async download(path, options) {
        const { data } = await client.GET(`/${path}`, { parseAs: "stream", ...options });
        return data as ReadableStream<Uint8Array>;
      },
      async fail(path, options) {
        const { error, response } = await client.GET(`/${path}`, { ...options });
        return { as: "returned", status: response.status, body: error };
      },
    };
  },
};
