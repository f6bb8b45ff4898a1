import { createClient, createConfig, jsonBodySerializer, type RequestOptions } from "@hey-api/client-fetch";
import { type ClientKind, dataOf } from "./client.ts";

type PostOptions = Omit<RequestOptions<"fields", false>, "method">;

/** Hey API, which passes a `Request` to `fetch`, so its base URL must be absolute. */
export const heyApi: ClientKind = {
  name: "@hey-api/client-fetch",
  hands: "Request",
  create(baseUrl, { fetch }) {
    const client = createClient(createConfig({ baseUrl, fetch }));
    const post = async (options: PostOptions) => {
      const { data, response } = await client.post(options);
      if (!response.ok) throw new Error(`status ${response.status}`);
      return dataOf(data);
    };
    return {
      async get(path, options) {
        const { data, response } = await client.get({ url: `/${path}`, ...options });
        if (!response.ok) throw new Error(`status ${response.status}`);
        return dataOf(data);
      },
      postJson: (path, value, options) => post({ url: `/${path}`, body: value, ...jsonBodySerializer, ...options }),
      postForm: (path, form, options) =>
        post({ url: `/${path}`, body: form, bodySerializer: null, headers: { "Content-Type": null }, ...options }),
      upload: (path, body, options) =>
        post({
          url: `/${path}`,
          body,
          bodySerializer: null,
          headers: { "Content-Type": "application/octet-stream" },
          duplex: "half",
          ...options,
        } as PostOptions),
      async download(path, options) {
        const { data } = await client.get({ url: `/${path}`, parseAs: "stream", ...options });
        return data as ReadableStream<Uint8Array>;
      },
      async fail(path, options) {
        const { error, response } = await client.get({ url: `/${path}`, ...options });
        return { as: "returned", status: response.status, body: error };
      },
    };
  },
};
