"use client";

import { Frame } from "./_components/frame.tsx";
import { type Failure, PageFailure } from "./_components/page-failure.tsx";

export default function PageError(failure: Failure) {
  return (
    <Frame>
      <PageFailure {...failure} />
    </Frame>
  );
}
