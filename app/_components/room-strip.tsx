"use client";

import { useWords } from "#app/_words/client.tsx";
import { StateMark, type WorkState } from "./marks.tsx";

/**
 * The states of a story's rooms side by side, for a row of a list. Read out as one sentence. It runs in the browser too,
 * so that a list sends seven words a row and not seven drawings a second time.
 */
export function RoomStrip({ rooms }: { rooms: { name: string; state: WorkState }[] }) {
  const { say } = useWords("common");
  const label = rooms.map((room) => `${room.name} ${say(`state.${room.state}`)}`).join(", ");
  return (
    <span className="room-strip" role="img" aria-label={label} title={label}>
      {rooms.map((room) => (
        <StateMark key={room.name} state={room.state} />
      ))}
    </span>
  );
}
