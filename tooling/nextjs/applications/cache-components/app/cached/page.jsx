import { alta } from "../../sessions.ts";

async function zones() {
  "use cache";
  return alta.http.get("api/v1/alarmZones").json();
}

export default async function Page() {
  return <p>{(await zones()).length}</p>;
}
