"use client";

import { useWords } from "#app/_words/client.tsx";

export function PrintButton() {
  const { say } = useWords("common");
  return (
    <button type="button" className="act" onClick={() => window.print()}>
      {say("print")}
    </button>
  );
}
