"use client";

import { Button } from "./button.tsx";

export type Failure = { error: Error & { digest?: string }; reset: () => void };

/** A page could not be drawn: what happened, what was kept, what to do. Never a stack or a path. */
export function PageFailure({ error, reset }: Failure) {
  return (
    <div className="sheet">
      <h1>This page could not be drawn</h1>
      <p className="lead">
        The server met an error it did not expect. Everything you saved before is kept; what you were typing
        here may not be.
      </p>
      <div className="actions">
        <Button weight="primary" onClick={reset}>
          Try again
        </Button>
        {/* A whole new request on purpose: the error may sit in what the browser kept. */}
        <a className="act" href="/">
          All projects
        </a>
      </div>
      {error.digest && (
        <p className="source mt-6">
          The log of the server names it <code>{error.digest}</code>.
        </p>
      )}
    </div>
  );
}
