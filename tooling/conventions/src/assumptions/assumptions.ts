import type { Package, Workspace } from "../workspace.ts";
import { commentsOf } from "./comments.ts";

/** An assumption of a vendor package about undocumented behaviour. */
export interface Assumption {
  readonly file: string;
  readonly text: string;
  /** The evidence, for example `seen in a client`. */
  readonly evidence: string | undefined;
  /** The option that changes it. */
  readonly option: string | undefined;
  /** The simulator's options that change it. */
  readonly simulated: readonly string[];
}

/** An option of the simulator whose default is an assumption. */
interface SimulatedAssumption {
  readonly option: string;
  readonly text: string;
}

/** The assumptions about one vendor, or about all (the core). */
export interface VendorAssumptions {
  readonly folder: string;
  readonly title: string;
  readonly assumptions: readonly Assumption[];
  readonly simulated: readonly SimulatedAssumption[];
}

const ASSUMPTION = /\bAn assumption(?:, ([^:`]+))?: (.+?)(?: In `@vms\/simulator`: ((?:`\w+`(?:, )?)+)\.)?$/;

/** All assumptions, the core's first. */
export function assumptionsOf({ packages, vendors }: Workspace): VendorAssumptions[] {
  const simulator = packages.find(({ folder }) => folder === "simulator");
  const core = packages.filter(({ folder }) => folder === "core");
  return [...core, ...vendors].map((one) => ({
    folder: one.folder,
    title: /\btitle: "(.+)"/.exec(one.files.get("src/describe.ts") ?? "")?.[1] ?? "All vendors",
    assumptions: one.sources().flatMap((path) => assumptionsIn(one, path)),
    simulated: simulatedBy(simulator?.files.get(simulatorFile(one.folder)) ?? ""),
  }));
}

/** The comments of vendor packages that mention an assumption in a form that is not parsed. */
export function unreadComments({ vendors }: Workspace): { file: string; comment: string }[] {
  return vendors.flatMap((vendor) =>
    vendor.sources().flatMap((path) =>
      commentsOf(vendor.files.get(path) ?? "")
        .flatMap(({ paragraphs }) => paragraphs)
        .filter((paragraph) => /\bassum/i.test(paragraph) && !ASSUMPTION.test(paragraph))
        .map((comment) => ({ file: vendor.at(path), comment })),
    ),
  );
}

/** The file with the options of a vendor's simulated server, or of all servers. */
export function simulatorFile(folder: string): string {
  return folder === "core" ? "src/vendor-server.ts" : `src/${folder}/options.ts`;
}

function assumptionsIn(vendor: Package, path: string): Assumption[] {
  return commentsOf(vendor.files.get(path) ?? "").flatMap(({ paragraphs, property }) =>
    paragraphs.flatMap((paragraph) => {
      const [, evidence, text, simulated = ""] = ASSUMPTION.exec(paragraph) ?? [];
      if (text === undefined) return [];
      const options = [...simulated.matchAll(/\w+/g)].map(String);
      const option = /(^|\/)options\.ts$/.test(path) ? property : undefined;
      return [{ file: vendor.at(path), text, evidence, option, simulated: options }];
    }),
  );
}

function simulatedBy(source: string): SimulatedAssumption[] {
  return commentsOf(source).flatMap(({ paragraphs, property }) => {
    const text = paragraphs.join(" ");
    if (property === undefined || !/\bAssumed\b/.test(text)) return [];
    return [{ option: property, text: text.replace(/ ?\bAssumed\.(?= |$)/, "") }];
  });
}
