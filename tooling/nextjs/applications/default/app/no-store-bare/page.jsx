export default async function Page() {
  const answer = await fetch(`${process.env.VMS_ALTA_URL}/api/v1/alarmZones`, { cache: "no-store" });
  return <p>{answer.status}</p>;
}
