import { cookies } from "next/headers";
import { alta } from "../../sessions.ts";

export default async function Page() {
  await cookies();
  const answer = await alta.fetch("api/v1/alarmZones");
  return <p>{answer.status}</p>;
}
