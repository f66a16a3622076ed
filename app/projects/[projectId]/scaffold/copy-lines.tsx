"use client";

import { useState } from "react";
import { WordButton } from "#app/_components/button.tsx";

/** Lines for a terminal. Copying is a convenience; they can be selected as well. */
export function CopyLines({ label, lines }: { label: string; lines: string[] }) {
  const [said, setSaid] = useState("");
  const copy = () => {
    navigator.clipboard
      .writeText(`${lines.join("\n")}\n`)
      .then(() => setSaid("Copied"))
      .catch(() => setSaid("Copying is not allowed here; select the lines instead."));
  };
  return (
    <figure className="mt-4">
      <figcaption className="second">
        {label} <WordButton onClick={copy}>Copy</WordButton>{" "}
        <span role="status" aria-live="polite">
          {said}
        </span>
      </figcaption>
      <pre className="id mt-1 whitespace-pre-wrap break-all">{lines.join("\n")}</pre>
    </figure>
  );
}
