"use client";

import { type Failure, PageFailure } from "#app/_components/page-failure.tsx";

/** Inside the project's frame, so that the other rooms stay one click away. */
export default function RoomError(failure: Failure) {
  return <PageFailure {...failure} />;
}
