import type { ReactNode } from "react";
import { readLocale } from "#app/_trpc/server.ts";
import { type Room, readMessages } from "#server/messages/say.ts";
import { WordsProvider } from "./client.tsx";

/** Sends the words of these rooms to the browser, for the client components inside; those of a frame around it stay. */
export async function WordsFor({ rooms, children }: { rooms: Room[]; children: ReactNode }) {
  const locale = await readLocale();
  const all = readMessages(locale);
  const picked = Object.fromEntries(rooms.map((room) => [room, all[room]]));
  return (
    <WordsProvider locale={locale} messages={picked}>
      {children}
    </WordsProvider>
  );
}
