import type { Names } from "./name.ts";

/** What to do after a vendor was added. */
export function nextSteps({ kebab, pascal }: Names): string {
  return `Added ${kebab}. Everything builds and passes, with a made-up sign-in: user name and password for a bearer token.

What you do next:

1. Replace the made-up sign-in. "Write this" marks each place: git grep -n "Write this"
   Start with the vendor's documentation and its server, so that a mistake cannot be at both ends:
     packages/${kebab}/test/documented.ts        the documented requests and responses
     packages/simulator/src/${kebab}/server.ts   the vendor's server, and packages/simulator/test/${kebab}.test.ts
     packages/${kebab}/src/flow.ts               the login, the credential of a call, the sign-out
     packages/${kebab}/src/errors.ts             which responses are about the password
     packages/${kebab}/src/wire.ts               the shapes of the responses
     packages/${kebab}/src/describe.ts           its title, base URL, first call and own options
   If the vendor writes its name differently, change the capitals of create${pascal}Session.
2. Document the vendor: packages/${kebab}/README.md, docs/guides/${kebab}.md, .changeset/first-${kebab}.md, and the
   vendor's row in README.md, docs/README.md and docs/guides/README.md.
3. Test it: npx turbo run build test --filter=@vms/${kebab} --filter=@vms/simulator
4. Update the generated pages: npm run new-vendor:pages ${kebab}
5. Run all checks: npm test && npm run lint && npm run typecheck
`;
}
