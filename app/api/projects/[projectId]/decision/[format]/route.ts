import { downloadHeaders, enter } from "#server/api/enter.ts";
import { loadMadr } from "#server/api/load-madr.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

export const dynamic = "force-dynamic";

/** `madr.md` (all layers, or one by `?layer=`) and `madr.zip` (a file a layer); `?number=` for an older record. */
export const GET = enter<{ projectId: string; format: string }>(
  "read",
  async (context, { projectId, format }, request) => {
    if (format !== "madr.md" && format !== "madr.zip") {
      throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.decisionFormat", { format }));
    }
    const asked = new URL(request.url).searchParams;
    const madr = await loadMadr(context, projectId, asked.get("number"));
    if (format === "madr.zip") return answer(madr.zip(), `${madr.name}.zip`, "application/zip");
    const layer = asked.get("layer");
    const name = layer === null ? madr.name : `${madr.name}-${layer}`;
    return answer(madr.markdown(layer), `${name}.md`, "text/markdown; charset=utf-8");
  },
);

function answer(body: string | Buffer<ArrayBuffer>, fileName: string, contentType: string): Response {
  return new Response(body, { headers: downloadHeaders(fileName, contentType) });
}
