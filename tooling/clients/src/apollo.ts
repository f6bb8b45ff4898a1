import { ApolloClient, gql, HttpLink, InMemoryCache, ServerError } from "@apollo/client";
import { type CallOptions, type ClientKind, thrownBy } from "./client.ts";

const QUERY = gql`
  query Received {
    method
    length
    sha256
  }
`;
const MUTATION = gql`
  mutation Save($value: JSON) {
    save(value: $value) {
      length
    }
  }
`;

/** Apollo Client's `HttpLink`, which passes the body on. It has no forms, uploads or downloads. */
export const apollo: ClientKind = {
  name: "@apollo/client",
  hands: "body",
  create(baseUrl, { fetch }) {
    const link = new HttpLink({ fetch, useGETForQueries: true });
    const client = new ApolloClient({ link, cache: new InMemoryCache(), queryDeduplication: false });
    const context = (path: string, { signal }: CallOptions = {}) => ({
      uri: `${baseUrl}/${path}`,
      fetchOptions: signal === undefined ? {} : { signal },
    });
    const query = async (path: string, options?: CallOptions) =>
      (await client.query({ query: QUERY, fetchPolicy: "no-cache", context: context(path, options) })).data;
    return {
      get: query,
      async postJson(path, value, options) {
        const variables = { value };
        const mutation = { mutation: MUTATION, variables, fetchPolicy: "no-cache", context: context(path, options) };
        return (await client.mutate(mutation as Parameters<typeof client.mutate>[0])).data;
      },
      async fail(path, options) {
        const error = await thrownBy(query(path, options));
        if (!ServerError.is(error)) throw error;
        const isJson = error.response.headers.get("content-type") === "application/json";
        return { as: error.name, status: error.statusCode, body: isJson ? JSON.parse(error.bodyText) : error.bodyText };
      },
    };
  },
};
