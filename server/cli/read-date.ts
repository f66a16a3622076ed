import { PilotageError } from "#server/errors.ts";
import { CalendarDate } from "#server/team/schema.ts";
import { exitCodes } from "./command.ts";

/** @throws PilotageError DATE_INVALID naming the option */
export function readDate(text: string | undefined, option: string): CalendarDate | null {
  if (text === undefined) return null;
  const parsed = CalendarDate.safeParse(text);
  if (parsed.success) return parsed.data;
  const message = `${option} ${JSON.stringify(text)}: ${parsed.error.issues[0]?.message}`;
  throw new PilotageError("invalid", "DATE_INVALID", message, { exitCode: exitCodes.usage });
}
