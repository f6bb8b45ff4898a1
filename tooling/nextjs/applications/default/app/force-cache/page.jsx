import { connection } from "next/server";
import { alta } from "../../sessions.ts";

export default async function Page() {
  await connection();
  const answer = await alta.fetch("api/v1/ongoingAlerts", { cache: "force-cache" });
  return <p>{answer.status}</p>;
}
