"use client";

import "./globals.css";
import { common } from "#server/messages/en/common.data.ts";
import { type Failure, PageFailure } from "./_components/page-failure.tsx";
import { WordsProvider } from "./_words/client.tsx";

/** The frame itself failed, so this page brings its own. */
export default function FrameError(failure: Failure) {
  return (
    <html lang="en">
      <body>
        <title>{`${common.failure.title} · Pilotage`}</title>
        <div className="frame">
          <main className="page" id="sheet">
            <WordsProvider locale="en-GB" messages={{ common }}>
              <PageFailure {...failure} />
            </WordsProvider>
          </main>
        </div>
      </body>
    </html>
  );
}
