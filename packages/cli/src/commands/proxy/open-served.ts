import { memoryStore, type Session } from "@vms/core";
import type { FailedSession, ProxiedSession } from "@vms/proxy";
import { diagnosis } from "../../error-messages/advice.ts";
import { describeError } from "../../error-messages/describe-error.ts";
import type { ErrorContext } from "../../error-messages/error-context.ts";
import { withErrorContext } from "../../error-messages/with-error-context.ts";
import { vendors } from "../../profiles/vendors.ts";
import { openProfile } from "../../sessions/open-profile.ts";
import { openSession } from "../../sessions/open-session.ts";
import type { System } from "../../system/system.ts";
import type { ChosenProfiles } from "./choose-profiles.ts";
import { openDispatcher } from "./dispatcher.ts";

/** A profile as it is served. */
export interface ServedProfile extends ErrorContext {
  /** What the proxy serves: the session, or why it could not be opened. */
  readonly served: ProxiedSession | FailedSession;
}

/**
 * Opens the profiles without sending anything. If one of several profiles cannot be opened, the others are still served.
 * @throws the error of the first profile if none can be opened.
 */
export async function openServed(
  system: System,
  { profiles, from }: ChosenProfiles,
): Promise<readonly ServedProfile[]> {
  const open = from === "environment" ? openFromEnvironment : openFromConfiguration;
  const opened = await Promise.all(
    profiles.map(async (one): Promise<ServedProfile> => {
      const context = { ...one, system, ...(from === "environment" ? { unsaved: true } : {}) };
      try {
        return { ...context, served: await open(context) };
      } catch (error) {
        return { ...context, served: { error } };
      }
    }),
  );
  const errors = opened.flatMap(({ served }) => ("error" in served ? [served.error] : []));
  if (errors.length === opened.length) throw errors[0];
  return opened;
}

async function openFromConfiguration(context: ErrorContext): Promise<ProxiedSession> {
  const { session } = await openProfile(context.system, context.name);
  return proxied(context, session);
}

/** Keeps the session in memory, because a container cannot store it or would lose it. */
async function openFromEnvironment(context: ErrorContext): Promise<ProxiedSession> {
  const { system, name, profile } = context;
  const session = await withErrorContext(context, () =>
    openSession(system, name, profile, { profiles: {} }, { store: memoryStore() }),
  );
  return proxied(context, session);
}

async function proxied({ system, name, profile }: ErrorContext, session: Session): Promise<ProxiedSession> {
  const { readsBodies = false } = vendors[profile.vendor];
  return { name, session, dispatcher: await openDispatcher(system, profile), plainBodies: readsBodies };
}

/** The error of a profile, for people, with what to do. */
export function problemOf(error: unknown, context: ErrorContext): string {
  const { message, hint = diagnosis(context) } = describeError(error, context);
  return hint === undefined ? message : `${message}\n${hint}`;
}
