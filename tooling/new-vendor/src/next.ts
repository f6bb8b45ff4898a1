import type { Names } from "./name.ts";

/** What to do after a package was created. */
export function nextSteps({ kebab, pascal }: Names): string {
  const folder = `packages/${kebab}`;
  return `Made ${folder} and .changeset/first-${kebab}.md. It builds; what it does not do yet says "write this: …".

1. Put its dependencies in place:
     npx pnpm install --no-frozen-lockfile
2. Write it against the vendor's own page on signing in. This says what is left, and where:
     npx turbo run build test --filter=@vms/${kebab}
   Begin with the vendor's side, so that a mistake cannot hide in both:
     ${folder}/test/documented.ts  the requests and answers of its page, for the tests beside it
     ${folder}/test/server.ts      what the vendor answers: the contract is run against it
     ${folder}/src/flow.ts         login, authorize, logout
     ${folder}/src/errors.ts       which answers are about the password
     ${folder}/src/wire.ts         the shapes: a token, until you say otherwise
     ${folder}/src/describe.ts     its title, base URL and first call, and its own options
     ${folder}/src/options.ts      the options: a base URL, until you say otherwise
     ${folder}/README.md           what is assumed, and what the vendor leaves open
   What the page does not say is an option with a default, or an assumption in the README.
   The capitals of create${pascal}Session are yours to change, if the vendor writes itself otherwise.
3. When nothing is left to write, delete ${folder}/src/write-this.ts and ${folder}/test/left-to-write.test.ts.
4. Add it to the workspace:
     tooling/conventions holds it to the rules: npx turbo run test --filter=@vms-tooling/conventions
     tooling/api writes down what users see: a devDependency there, then npx pnpm --filter @vms-tooling/api run write
     tooling/pack limits what it brings along: a devDependency, rows in tooling/pack/src/limits.ts, then
       npx pnpm --filter @vms-tooling/pack run budgets
     tooling/release/test/versions.test.ts: its name among the vendors
5. Add its server to packages/simulator, and a row to tooling/demo/src/vendors.ts: the main job, the attacks and the
   README's example then run for it too, and it has a test/simulator.test.ts.
`;
}
