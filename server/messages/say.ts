import { createTranslator } from "use-intl/core";
import { en } from "./en.data.ts";
import { defaultLocale, Language, type Locale } from "./schema.ts";

export type Messages = typeof en;
export type Room = keyof Messages;
/** The words of one room: `say("askDone", { count })`. Keys and values are checked by the compiler. */
export type SayOf<In extends Room> = ReturnType<typeof createTranslator<Messages, In>>;

const catalogues = { en } as const satisfies Record<Language, Messages>;

/** The catalogue of a locale's language, English where there is none. */
export function readMessages(locale: Locale): Messages {
  return catalogues[Language.safeParse(locale.slice(0, 2)).data ?? "en"];
}

// Parsing a message costs far more than saying it; a translator keeps what it has parsed.
const translators = new Map<string, unknown>();

export function sayIn<In extends Room>(locale: Locale, room: In): SayOf<In> {
  const key = `${locale} ${room}`;
  const kept = (translators.get(key) as SayOf<In>) ?? makeTranslator(locale, room);
  translators.set(key, kept);
  return kept;
}

function makeTranslator<In extends Room>(locale: Locale, namespace: In): SayOf<In> {
  return createTranslator<Messages, In>({
    locale,
    messages: readMessages(locale),
    namespace,
    // A message that cannot be said is a mistake of ours; half a sentence would hide it.
    onError: (error) => {
      throw error;
    },
  });
}

/** For rules, which give their reasons in the default language: `const say = sayRoom("benchmark")`. */
export const sayRoom = <In extends Room>(room: In): SayOf<In> => sayIn(defaultLocale, room);
