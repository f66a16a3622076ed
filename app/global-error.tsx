"use client";

import "./globals.css";
import PageError from "./error.tsx";

/** The frame itself failed, so this page brings its own. */
export default function FrameError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Error · Pilotage</title>
        <main className="frame">
          <PageError {...props} />
        </main>
      </body>
    </html>
  );
}
