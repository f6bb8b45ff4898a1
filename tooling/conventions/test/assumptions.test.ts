import { expect, test } from "vitest";
import { assumptionsOf, renderAssumptions, workspaceOf } from "../src/index.ts";
import { editable } from "./broken.ts";
import { validWorkspace } from "./valid-workspace.ts";

const OPTIONS = `
export interface AcmeOptions {
  /**
   * Which codes end a session. Default: \`["40"]\`.
   *
   * An assumption, seen in a client: 40 | 41
   * ends a session. In \`@vms/simulator\`: \`code\`, \`status\`.
   */
  readonly codes?: readonly string[];
  /** The address. */
  readonly url?: string;
}
`;
const SIMULATED = `
export interface AcmeServerOptions {
  /** The code of an ended session. Assumed. Default: 40. */
  readonly code?: number;
  /** How many sessions a user may have. Assumed. Default: no limit. */
  readonly most?: number;
  /** A documented option. */
  readonly status?: number;
}
`;

function read() {
  const files = validWorkspace();
  const workspace = editable(files);
  workspace.add("packages/acme/src/options.ts", OPTIONS);
  workspace.append(
    "packages/acme/src/flow.ts",
    "// An assumption: a 401 is final.\n// It is `never` sent twice.\nsend();",
  );
  workspace.add("packages/simulator/src/acme/options.ts", SIMULATED);
  return assumptionsOf(workspaceOf(files));
}

test("an assumption is read with its evidence, its option and the simulator's options", () => {
  expect(read().find(({ folder }) => folder === "acme")?.assumptions).toEqual([
    { file: "packages/acme/src/flow.ts", text: "a 401 is final. It is `never` sent twice.", simulated: [] },
    {
      file: "packages/acme/src/options.ts",
      text: "40 | 41 ends a session.",
      evidence: "seen in a client",
      option: "codes",
      simulated: ["code", "status"],
    },
  ]);
});

test("the page has a row for each assumption of a package or of the simulator", () => {
  const page = renderAssumptions(read());
  expect(page).toContain("| 40 \\| 41 ends a session. | seen in a client | `codes` | `code`, `status` |\n");
  expect(page).toContain("| A 401 is final. It is `never` sent twice. | none | – | – |\n");
  expect(page).toContain("| `most` | How many sessions a user may have. Default: no limit. |\n");
  expect(page).not.toContain("| `code` |");
  expect(page).not.toContain("`status` |\n| `status`");
});
