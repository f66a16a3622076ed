"use client";

import "./globals.css";
import { type Failure, PageFailure } from "./_components/page-failure.tsx";

/** The frame itself failed, so this page brings its own. */
export default function FrameError(failure: Failure) {
  return (
    <html lang="en">
      <body>
        <title>Error · Pilotage</title>
        <div className="frame">
          <main className="page" id="sheet">
            <PageFailure {...failure} />
          </main>
        </div>
      </body>
    </html>
  );
}
