"use client";

import { useWords } from "#app/_words/client.tsx";

const ONE_YEAR_SECONDS = 31_536_000;

/** Light or dark by choice. A cookie holds it, so that the server's first byte already carries the right one. */
export function ThemeSwitch() {
  const { say } = useWords("common");
  const choose = () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    const next = isDark ? "light" : "dark";
    root.dataset.theme = next;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox ESR.
    document.cookie = `theme=${next}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=strict`;
  };
  return (
    <button type="button" className="act" onClick={choose}>
      {say("theme")}
    </button>
  );
}
