import ky, { HTTPError, type KyInstance } from "ky";
import { type Client, type ClientKind, dataOf, thrownBy } from "./client.ts";

/** `session.http`. */
export const sessionHttp: ClientKind = {
  name: "session.http",
  hands: "Request",
  create: (_baseUrl, { http }) => over(http),
};

/** A user's own instance of ky, with ky's default timeout and retries. */
export const ownKy: ClientKind = {
  name: "ky with session.fetch",
  hands: "Request",
  create: (baseUrl, { fetch }) => over(ky.create({ prefix: baseUrl, fetch })),
};

function over(http: KyInstance): Client {
  return {
    get: async (path, options) => dataOf(await http.get(path, options).json()),
    postJson: async (path, value, options) => dataOf(await http.post(path, { json: value, ...options }).json()),
    postForm: async (path, form, options) => dataOf(await http.post(path, { body: form, ...options }).json()),
    upload: async (path, body, options) => dataOf(await http.post(path, { body, ...options }).json()),
    async download(path, options) {
      const { body } = await http.get(path, options);
      if (body === null) throw new Error("no body");
      return body;
    },
    async fail(path, options) {
      const error = await thrownBy(http.get(path, { retry: 0, ...options }).json());
      if (!(error instanceof HTTPError)) throw error;
      return { as: error.name, status: error.response.status, body: error.data };
    },
  };
}
