"use client";

import { useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { useWords } from "#app/_words/client.tsx";

/** Lines for a terminal. Copying is a convenience; they can be selected as well. */
export function CopyLines({ label, lines }: { label: string; lines: string[] }) {
  const { say } = useWords("scaffold");
  const [said, setSaid] = useState("");
  const copy = () => {
    navigator.clipboard
      .writeText(`${lines.join("\n")}\n`)
      .then(() => setSaid(say("copy.copied")))
      .catch(() => setSaid(say("copy.refused")));
  };
  return (
    <figure className="mt-4">
      <figcaption className="second">
        {label} <WordButton onClick={copy}>{say("copy.copy")}</WordButton>{" "}
        <span role="status" aria-live="polite">
          {said}
        </span>
      </figcaption>
      <pre className="id mt-1 whitespace-pre-wrap break-all">{lines.join("\n")}</pre>
    </figure>
  );
}
