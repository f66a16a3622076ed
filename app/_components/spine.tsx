"use client";

import { useWords } from "#app/_words/client.tsx";
import { StateMark, type WorkState } from "./marks.tsx";
import { SpineLink } from "./spine-link.tsx";

export type SpineRoom = { id: string; href: string; name: string; state: WorkState; fact: string };

export type SpineProps = {
  home: { href: string; name: string };
  rooms: SpineRoom[];
  /** The id of the room one stands in; without it the address decides. */
  current?: string;
  side?: React.ReactNode;
};

/** The rooms in story order, each with its state and one fact. On a phone it becomes a bar of marks. */
export function Spine({ home, rooms, current, side }: SpineProps) {
  const { say } = useWords("common");
  return (
    <nav className="spine" aria-label={say("rooms")}>
      <div className="stick">
        <SpineLink className="home" href={home.href} exact>
          <svg className="mark" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M0 6H12" className="stroke-ink" />
            <circle cx="2.2" cy="6" r="2.2" className="fill-ink" />
            <circle cx="9.8" cy="6" r="1.7" className="fill-paper stroke-ink" />
          </svg>
          {home.name}
        </SpineLink>
        <ol>
          {rooms.map((room, at) => (
            <li key={room.id}>
              <StateMark state={room.state} />
              <SpineLink
                className="room"
                href={room.href}
                {...(current ? { here: room.id === current } : {})}
              >
                <span className="no">{at + 1}</span>
                <span className="name">{room.name}</span>
              </SpineLink>
              <span className="fact">
                {say(`state.${room.state}`)}
                <br />
                {room.state === "attention" ? <b>{room.fact}</b> : room.fact}
              </span>
            </li>
          ))}
        </ol>
        {side && <div className="side">{side}</div>}
      </div>
    </nav>
  );
}
