import { readLocale } from "#app/_trpc/server.ts";
import { type Room, sayIn } from "#server/messages/say.ts";
import { formatIn } from "./format-in.ts";

/** For server components: `const { say, format } = await readWords("team")`, in the locale of the workspace. */
export async function readWords<In extends Room>(room: In) {
  const locale = await readLocale();
  return { say: sayIn(locale, room), format: formatIn(locale) };
}
