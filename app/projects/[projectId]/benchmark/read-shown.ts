import { redirect } from "next/navigation";
import { caller } from "#app/_trpc/server.ts";

type Query = Record<string, string | string[] | undefined>;

/** All that the page shows of one run, asked at once; a price only where its three fields are filled in. */
export async function readShown(projectId: string, runId: string, query: Query) {
  const api = await caller();
  const of = { projectId, runId };
  const asked = readPrice(query);
  const [read, offered, beside, history, points, price] = await Promise.all([
    api.reports.read(of),
    api.reports.offers(of),
    api.runs.beside(of),
    api.runs.history({ projectId }),
    api.runs.points(of),
    asked === null ? null : api.runs.price({ ...of, ...asked }),
  ]);
  const { picture, ...rest } = read;
  // Each other kind of report has a page of its own: it shows other figures.
  if (picture.kind !== "rag") redirect(`/projects/${projectId}/benchmark/${picture.kind}?run=${runId}`);
  return { read: { ...rest, picture }, offered, beside, history, points, price };
}

function readPrice({ usdPerHour, asOf, source }: Query) {
  const perHour = Number(usdPerHour);
  const isDated = typeof asOf === "string" && /^\d{4}-\d{2}-\d{2}$/.test(asOf);
  if (!(perHour > 0) || perHour > 100_000 || !isDated || typeof source !== "string" || source.trim() === "") {
    return null;
  }
  return { usdPerHour: perHour, asOf, source: source.trim().slice(0, 200) };
}
