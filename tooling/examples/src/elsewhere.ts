/** The tests of pages whose programs need a framework or a particular server, by page. */
export const RUN_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["docs/guides/web-frameworks.md", "tooling/integrations/test/web-frameworks.test.ts"],
  ["docs/guides/jobs-and-serverless.md", "tooling/integrations/test/jobs-and-serverless.test.ts"],
  ["docs/guides/testing.md", "tooling/integrations/test/testing.test.ts"],
]);
