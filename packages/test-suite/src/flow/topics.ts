import type { Clause } from "../clause.ts";
import { callClauses, furtherCallClauses, postClauses } from "./calls.ts";
import type { FlowContractOptions } from "./contract-options.ts";
import { forbiddenClauses, rejectionClauses } from "./rejections.ts";
import { extendabilityClauses, extensionEndClauses } from "./renewal/extendability.ts";
import { idleClauses, lifetimeClauses } from "./renewal/lifetimes.ts";
import { nothingOutlivesClauses, outlivingClauses } from "./renewal/outliving.ts";
import { noExtensionClauses, renewalClauses } from "./renewal/renewal.ts";
import { noResumptionClauses, resumptionClauses } from "./renewal/resumption.ts";
import { concurrentClauses, noRotationClauses, rotationClauses } from "./renewal/rotation.ts";
import { noQueryClauses, queryClauses } from "./secrets/query.ts";
import { challengeClauses, signingClauses } from "./signing.ts";
import { authorizationClauses } from "./signing-in.ts";
import { localSignOutClauses, vendorSignOutClauses } from "./signing-out.ts";
import { identityClauses } from "./storage.ts";
import type { FlowSubject } from "./subject.ts";

/** Clauses that apply only to some vendors or servers. */
export interface Topic {
  /** The option that decides whether the clauses run. */
  readonly option: keyof FlowContractOptions;
  readonly isTested: boolean;
  readonly clauses: readonly Clause<FlowSubject>[];
  /** The clauses that run instead: they check that the vendor's package does not do it. */
  readonly otherwise: readonly Clause<FlowSubject>[];
  /** Why the clauses do not run. `undefined`: no reason was given. */
  readonly reason: string | undefined;
}

/** The clauses for all vendors that run after those on sessions, faults and secrets. */
export const commonClauses: readonly Clause<FlowSubject>[] = [
  ...lifetimeClauses,
  ...concurrentClauses,
  ...rejectionClauses,
  ...callClauses,
];

/** The clauses on the sign-out. The other clauses depend on the sign-out. */
export function signOutTopic({ signsOut = true }: FlowContractOptions): Topic {
  return {
    option: "signsOut",
    isTested: signsOut,
    clauses: vendorSignOutClauses,
    otherwise: localSignOutClauses,
    reason: "the vendor has no sign-out.",
  };
}

/** The other topics that depend on the vendor or the server. */
export function topicsOf(options: FlowContractOptions): readonly Topic[] {
  const { lifetime = {}, cannot = {}, calls = [], post, forbiddenCall } = options;
  const isExtendable = lifetime.extendableFor !== undefined;
  const offered = { otherwise: [] };
  return [
    {
      ...offered,
      option: "lifetime",
      isTested: lifetime.idleTimeout !== undefined,
      clauses: idleClauses,
      reason: "the server grants no `lifetime.idleTimeout`.",
    },
    {
      option: "extends",
      isTested: options.extends === true,
      clauses: renewalClauses,
      otherwise: noExtensionClauses,
      reason: "the flow has no `extend`.",
    },
    {
      ...offered,
      option: "lifetime",
      isTested: isExtendable,
      clauses: extendabilityClauses,
      reason: "the server grants no `lifetime.extendableFor`.",
    },
    {
      ...offered,
      option: "lifetime",
      isTested: isExtendable && lifetime.extendableFor !== Number.POSITIVE_INFINITY,
      clauses: extensionEndClauses,
      reason: isExtendable
        ? "the server states no end of `lifetime.extendableFor`."
        : "the server grants no `lifetime.extendableFor`.",
    },
    {
      option: "rotates",
      isTested: options.rotates === true,
      clauses: rotationClauses,
      otherwise: noRotationClauses,
      reason: "the server replaces no credential in its responses.",
    },
    {
      option: "resumes",
      isTested: Boolean(options.resumes),
      clauses: resumptionClauses,
      otherwise: noResumptionClauses,
      reason: "the flow has no `resume`.",
    },
    {
      option: "outlives",
      isTested: options.outlives === true,
      clauses: outlivingClauses,
      otherwise: nothingOutlivesClauses,
      reason: "nothing outlives a session.",
    },
    {
      option: "queryCredential",
      isTested: options.queryCredential === true,
      clauses: queryClauses,
      otherwise: noQueryClauses,
      reason: "no credential is in the query.",
    },
    {
      option: "signs",
      isTested: options.signs === true,
      clauses: signingClauses,
      otherwise: authorizationClauses,
      reason: "the flow has no `sign`.",
    },
    {
      ...offered,
      option: "answersChallenges",
      isTested: options.answersChallenges === true,
      clauses: challengeClauses,
      reason: "the flow answers no challenges.",
    },
    {
      ...offered,
      option: "otherIdentity",
      isTested: options.otherIdentity !== undefined,
      clauses: identityClauses,
      reason: "no other identity is stated.",
    },
    { ...offered, option: "calls", isTested: calls.length > 0, clauses: furtherCallClauses, reason: cannot.calls },
    { ...offered, option: "post", isTested: post !== undefined, clauses: postClauses, reason: cannot.post },
    {
      ...offered,
      option: "forbiddenCall",
      isTested: forbiddenCall !== undefined,
      clauses: forbiddenClauses,
      reason: cannot.forbiddenCall,
    },
  ];
}
