import { parseIsoTime } from "./iso-time.ts";
import type { Message } from "./messages.ts";
import type { SessionRecord } from "./records.ts";
import type { Complaint } from "./requests.ts";

type Test = (record: SessionRecord) => boolean;

/** Creates a predicate from the values of a parameter, or returns their problem. */
type Filter = (values: readonly string[]) => Test | Message;

/** The filters of `GET /sessions/`. */
const filters: Readonly<Record<string, Filter>> = {
  active: boolean(({ active }) => active),
  mobile: boolean(({ mobile }) => mobile),
  created_date_gt: date((created, limit) => created > limit),
  created_date_gte: date((created, limit) => created >= limit),
  created_date_lt: date((created, limit) => created < limit),
  created_date_lte: date((created, limit) => created <= limit),
  id_in: oneOf(({ id }) => id),
  ip_in: oneOf(({ ip }) => ip),
  status: oneOf(({ status }) => status, ["blocked", "offline", "online"]),
  user_id_in: oneOf(({ user_id: id }) => id),
  user_name_in: oneOf(({ user__username: name }) => name),
  uuid_in: oneOf(({ uuid }) => uuid),
};

/** The sessions that match every filter, in the requested order, or the first invalid parameter. */
export function filterSessions(all: readonly SessionRecord[], query: URLSearchParams): SessionRecord[] | Complaint {
  let found = [...all];
  for (const [param, filter] of Object.entries(filters)) {
    const values = query.getAll(param);
    if (values.length === 0) continue;
    const test = filter(values);
    if (typeof test === "string") return { param, message: test };
    found = found.filter(test);
  }
  const keys = list(query.getAll("ordering"));
  // Sorting is stable, so sort by the last (weakest) key first.
  for (const key of keys.toReversed()) {
    const name = key.replace(/^-/, "");
    if (!isColumn(name)) return { param: "ordering", message: "wrongType" };
    found.sort((a, b) => compare(a[name], b[name]) * (key.startsWith("-") ? -1 : 1));
  }
  return found;
}

/** A list is one comma-separated value, or several values. */
function list(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(",")).filter((value) => value !== "");
}

function oneOf(of: (record: SessionRecord) => string | number, allowed?: readonly string[]): Filter {
  return (values) => {
    const wanted = list(values);
    if (allowed !== undefined && !wanted.every((value) => allowed.includes(value))) return "wrongType";
    return (record) => wanted.includes(String(of(record)));
  };
}

function boolean(of: (record: SessionRecord) => boolean): Filter {
  return (values) => {
    const value = values.at(-1)?.toLowerCase();
    return value === "true" || value === "false" ? (record) => of(record) === (value === "true") : "wrongType";
  };
}

function date(holds: (created: number, limit: number) => boolean): Filter {
  return (values) => {
    const limit = parseIsoTime(values.at(-1) ?? "");
    if (limit === undefined) return "wrongType";
    return ({ created_date: created }) => holds(parseIsoTime(created) ?? Number.NaN, limit);
  };
}

const columns = [
  "id",
  "status",
  "active",
  "uuid",
  "mobile",
  "ip",
  "last_ping_date",
  "user__username",
  "created_date",
  "user_id",
] as const;

function isColumn(name: string): name is (typeof columns)[number] {
  return columns.some((column) => column === name);
}

function compare(a: string | number | boolean, b: string | number | boolean): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
