import { alta } from "../../sessions.ts";

export default async function Page() {
  const answer = await alta.fetch("api/v1/alarmZones");
  return <p>{answer.status}</p>;
}
