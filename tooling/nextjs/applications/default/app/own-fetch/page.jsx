import { createAltaSession } from "@vms/alta";

const session = createAltaSession({
  baseUrl: process.env.VMS_ALTA_URL,
  credentials: { username: process.env.VMS_ALTA_USERNAME, password: process.env.VMS_ALTA_PASSWORD },
  fetch: (url, { next, ...init }) => fetch(url, { ...init, cache: "no-store" }),
});

export default async function Page() {
  const answer = await session.fetch("api/v1/alarmZones");
  return <p>{answer.status}</p>;
}
