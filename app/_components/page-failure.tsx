"use client";

import { useWords } from "#app/_words/client.tsx";
import { Button } from "./button.tsx";

export type Failure = { error: Error & { digest?: string }; reset: () => void };

/** A page could not be drawn: what happened, what was kept, what to do. Never a stack or a path. */
export function PageFailure({ error, reset }: Failure) {
  const { say } = useWords("common");
  return (
    <div className="sheet">
      <h1>{say("failure.question")}</h1>
      <p className="lead">{say("failure.lead")}</p>
      <div className="actions">
        <Button weight="primary" onClick={reset}>
          {say("failure.again")}
        </Button>
        {/* A whole new request on purpose: the error may sit in what the browser kept. */}
        <a className="act" href="/">
          {say("allProjects")}
        </a>
      </div>
      {error.digest && (
        <p className="source mt-6">
          {say("failure.logged")} <code>{error.digest}</code>
        </p>
      )}
    </div>
  );
}
