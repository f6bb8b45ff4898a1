import {
  bearerTokenAuthenticationPolicy,
  bearerTokenAuthenticationPolicyName,
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
} from "@azure/core-rest-pipeline";
import type { Open } from "./client.ts";

// All clients of a process share it, because it keeps connections.
const http = createDefaultHttpClient();
const signIn = createPipelineFromOptions({});

export const open: Open = async (base) => {
  const pipeline = createPipelineFromOptions({});
  pipeline.addPolicy(
    bearerTokenAuthenticationPolicy({
      scopes: [],
      credential: {
        async getToken() {
          const url = `${base}login`;
          const request = createPipelineRequest({ url, method: "POST", allowInsecureConnection: true });
          const { bodyAsText } = await signIn.sendRequest(http, request);
          const { token, expires_in } = JSON.parse(bodyAsText ?? "");
          return { token, expiresOnTimestamp: Date.now() + expires_in * 1000 };
        },
      },
      challengeCallbacks: {
        async authorizeRequestOnChallenge({ getAccessToken, request, scopes }) {
          // With claims, the policy drops its token and requests a new one once for all concurrent callers.
          const fresh = await getAccessToken(scopes, { claims: "{}" });
          if (fresh === null) return false;
          request.headers.set("Authorization", `Bearer ${fresh.token}`);
          return true;
        },
      },
    }),
  );
  // The policy accepts https only, so a later policy sets the server's URL.
  pipeline.addPolicy(
    {
      name: "overLoopback",
      sendRequest(request, next) {
        request.url = request.url.replace(/^https:/, "http:");
        return next(request);
      },
    },
    { afterPolicies: [bearerTokenAuthenticationPolicyName] },
  );
  const client = {
    async call() {
      const url = `${base.replace(/^http:/, "https:")}zones`;
      const request = createPipelineRequest({ url, allowInsecureConnection: true });
      const { status, bodyAsText } = await pipeline.sendRequest(http, request);
      if (status !== 200) throw new Error(String(status));
      return JSON.parse(bodyAsText ?? "");
    },
  };
  await client.call();
  return client;
};
