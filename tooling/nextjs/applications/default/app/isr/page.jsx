import { alta } from "../../sessions.ts";

export const revalidate = 1;

export default async function Page() {
  const answer = await alta.fetch("api/v1/devices");
  return <p>{answer.status}</p>;
}
