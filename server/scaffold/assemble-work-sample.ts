import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { PilotFile } from "./assemble-pilot.ts";
import { type Edit, WORK_SAMPLE, WORK_SAMPLE_TASK } from "./work-sample.data.ts";

const say = sayRoom("errors");

/**
 * The template, cut down and with its fault planted. The same for everybody: nothing of a project goes into it.
 * @throws PilotageError TEMPLATE_BROKEN when the template has moved on and the fault has no place in it
 */
export function assembleWorkSample(template: { files: PilotFile[] }): PilotFile[] {
  const kept = template.files.filter(({ path }) =>
    WORK_SAMPLE.keeps.some((keep) => (keep.endsWith("/") ? path.startsWith(keep) : path === keep)),
  );
  const planted = applyEdits(kept, WORK_SAMPLE.faults);
  const task = { path: "README.md", bytes: new TextEncoder().encode(WORK_SAMPLE_TASK), executable: false };
  return [...planted, task].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @throws PilotageError TEMPLATE_BROKEN unless each place is there exactly once */
export function applyEdits(files: PilotFile[], edits: readonly Edit[]): PilotFile[] {
  return edits.reduce((done, { path, find, replace }) => {
    const file = done.find((one) => one.path === path);
    const parts = file ? new TextDecoder().decode(file.bytes).split(find) : [];
    if (file === undefined || parts.length !== 2) {
      throw new PilotageError("internal", "TEMPLATE_BROKEN", say("TEMPLATE_BROKEN.workSample"), { path });
    }
    const bytes = new TextEncoder().encode(parts.join(replace));
    return done.map((one) => (one === file ? { ...one, bytes } : one));
  }, files);
}
