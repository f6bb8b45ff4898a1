/** Pages whose programs are compiled and run by `tooling/integrations`, which installs the frameworks. */
export const RUN_ELSEWHERE: ReadonlySet<string> = new Set([
  "docs/guides/web-frameworks.md",
  "docs/guides/jobs-and-serverless.md",
  "docs/guides/testing.md",
]);
