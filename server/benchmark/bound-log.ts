import { sayRoom } from "#server/messages/say.ts";
import type { JobEventBody } from "./job-schema.ts";

const say = sayRoom("benchmark");

/** Enough for every honest pilot; a pilot that prints without end costs no more than this. */
const halfBytes = 32 * 1024;
/** A progress bar needs no more; the last step of a phase always passes. */
const progressEveryMs = 250;
const lastLineCount = 40;

/**
 * Lets the head of a log and all changes of phase through as they come, keeps the tail for the end, and thins out
 * progress. One per attempt.
 */
export class BoundLog {
  #headBytes = 0;
  #tail: string[] = [];
  #tailBytes = 0;
  #dropped = 0;
  #last: string[] = [];
  #phase: string | null = null;
  #progressAt = Number.NEGATIVE_INFINITY;

  /** What of this event may be told now. `nowMs` is any monotonic clock. */
  take(body: JobEventBody, nowMs: number): JobEventBody[] {
    if (body.kind === "log") return this.#takeLine(body);
    const started: JobEventBody[] =
      body.kind === "progress" && body.phase !== this.#phase ? [{ kind: "phase", phase: body.phase }] : [];
    const isNew = body.phase !== this.#phase;
    this.#phase = body.phase;
    if (body.kind === "phase") return isNew ? [body] : [];
    if (!isNew && body.done < body.total && nowMs - this.#progressAt < progressEveryMs) return [];
    this.#progressAt = nowMs;
    return [...started, body];
  }

  /** The kept tail, with a line that says how much is missing before it. */
  end(): JobEventBody[] {
    const lines =
      this.#dropped > 0 ? [say("job.leftOut", { lines: String(this.#dropped) }), ...this.#tail] : this.#tail;
    this.#tail = [];
    return lines.map((line) => ({ kind: "log", line }));
  }

  /** For the error of a failed pilot. */
  get lastLines(): string[] {
    return this.#last;
  }

  #takeLine(body: { kind: "log"; line: string }): JobEventBody[] {
    // A step that says the same as the one before says nothing new.
    if (body.line === this.#last.at(-1)) return [];
    this.#last = [...this.#last, body.line].slice(-lastLineCount);
    const size = Buffer.byteLength(body.line) + 1;
    if (this.#tail.length === 0 && this.#headBytes + size <= halfBytes) {
      this.#headBytes += size;
      return [body];
    }
    this.#tail.push(body.line);
    this.#tailBytes += size;
    while (this.#tailBytes > halfBytes && this.#tail.length > 1) {
      this.#tailBytes -= Buffer.byteLength(this.#tail.shift() ?? "") + 1;
      this.#dropped += 1;
    }
    return [];
  }
}
