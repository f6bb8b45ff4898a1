import wretch from "wretch";
import { type CallOptions, type ClientKind, dataOf, thrownBy, type UploadBody } from "./client.ts";

/** wretch, which passes the body on. */
export const wretchClient: ClientKind = {
  name: "wretch",
  hands: "body",
  create(baseUrl, { fetch }) {
    const client = wretch(`${baseUrl}/`).fetchPolyfill(fetch);
    const at = (path: string, options: CallOptions = {}) => client.url(path).options({ ...options });
    const post = async (path: string, body: UploadBody | URLSearchParams | FormData, options?: CallOptions) =>
      dataOf(
        await at(path, options)
          .options({ duplex: "half" } as RequestInit)
          .body(body)
          .post()
          .json(),
      );
    return {
      get: async (path, options) => dataOf(await at(path, options).get().json()),
      postJson: async (path, value, options) => dataOf(await at(path, options).json(value).post().json()),
      postForm: post,
      upload: post,
      async download(path, options) {
        const { body } = await at(path, options).get().res();
        if (body === null) throw new Error("no body");
        return body;
      },
      async fail(path, options) {
        const error = await thrownBy(at(path, options).get().json());
        if (!(error instanceof wretch.WretchError)) throw error;
        const isJson = error.response.headers.get("content-type") === "application/json";
        return {
          as: error.constructor.name,
          status: error.status,
          body: isJson ? JSON.parse(error.message) : error.message,
        };
      },
    };
  },
};
