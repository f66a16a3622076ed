import compile from "icu-minify/compile";
import { createTranslator } from "use-intl/core";
import formatMessage from "use-intl/format-message";
import { en } from "./en.data.ts";
import { defaultLocale, Language, type Locale } from "./schema.ts";

export type Messages = typeof en;
export type Room = keyof Messages;
/** The words of one room: `say("askDone", { count })`. Keys and values are checked by the compiler. */
export type SayOf<In extends Room> = ReturnType<typeof createTranslator<Messages, In>>;

const catalogues = { en } as const satisfies Record<Language, Messages>;

const parsed = new Map<Language, Messages>();

/**
 * The catalogue of a locale's language, English where there is none. In the bundle of the web, whose formatter has no
 * parser, its messages come parsed.
 */
export function readMessages(locale: Locale): Messages {
  const language = Language.safeParse(locale.slice(0, 2)).data ?? "en";
  if (formatMessage.raw) return catalogues[language];
  const kept = parsed.get(language) ?? (parse(catalogues[language]) as Messages);
  parsed.set(language, kept);
  return kept;
}

type Tree = string | { readonly [key: string]: Tree };

function parse(messages: Tree): unknown {
  // Its choices have no prototype, which cannot be sent to the browser as it is.
  if (typeof messages === "string") return JSON.parse(JSON.stringify(compile(messages)));
  return Object.fromEntries(Object.entries(messages).map(([key, inner]) => [key, parse(inner)]));
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
