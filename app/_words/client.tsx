"use client";
import { createContext, type ReactNode, useContext } from "react";
import { IntlProvider, useLocale, useTranslations } from "use-intl/react";
import type { Messages, Room, SayOf } from "#server/messages/say.ts";
import { formatIn } from "./format-in.ts";

type Props = { locale: string; messages: Partial<Messages>; children: ReactNode };

const Above = createContext<Partial<Messages>>({});

/** Gives the browser the words of some rooms, beside those given above. Pages use `WordsFor`, which picks them. */
export function WordsProvider({ locale, messages, children }: Props) {
  const all = { ...useContext(Above), ...messages };
  return (
    <Above value={all}>
      <IntlProvider locale={locale} messages={all} timeZone="UTC" onError={refuseSilence}>
        {children}
      </IntlProvider>
    </Above>
  );
}

/** `const { say, format } = useWords("team")`; a `WordsFor` above must name the room. */
export function useWords<In extends Room>(room: In) {
  return { say: useTranslations(room) as unknown as SayOf<In>, format: formatIn(useLocale()) };
}

function refuseSilence(error: Error): never {
  throw error;
}
