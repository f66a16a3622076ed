import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { CalendarDate } from "#server/team/schema.ts";
import { exitCodes } from "./command.ts";

const say = sayRoom("errors");

/** @throws PilotageError DATE_INVALID naming the option */
export function readDate(text: string | undefined, option: string): CalendarDate | null {
  if (text === undefined) return null;
  const parsed = CalendarDate.safeParse(text);
  if (parsed.success) return parsed.data;
  const message = say("DATE_INVALID.option", {
    option,
    text: JSON.stringify(text),
    reason: parsed.error.issues[0]?.message ?? "",
  });
  throw new PilotageError("invalid", "DATE_INVALID", message, { exitCode: exitCodes.usage });
}
