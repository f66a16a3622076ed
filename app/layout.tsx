import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import { TrpcProvider } from "./_trpc/client.tsx";
import { readLocale } from "./_trpc/server.ts";
import { readWords } from "./_words/server.ts";
import { WordsFor } from "./_words/words-for.tsx";
import "./globals.css";

// Two files are preloaded: the serif that speaks and the sans that measures.
const serifRoman = localFont({
  src: "./_fonts/serif-roman.woff2",
  weight: "400 600",
  style: "normal",
  display: "swap",
  variable: "--font-serif-roman",
  adjustFontFallback: "Times New Roman",
});
const serifItalic = localFont({
  src: "./_fonts/serif-italic.woff2",
  weight: "400 600",
  style: "italic",
  display: "swap",
  variable: "--font-serif-italic",
  adjustFontFallback: "Times New Roman",
  preload: false,
});
const sans = localFont({
  src: "./_fonts/sans.woff2",
  weight: "400 600",
  display: "swap",
  variable: "--font-sans-upright",
  adjustFontFallback: "Arial",
});
const mono = localFont({
  src: "./_fonts/mono.woff2",
  weight: "400 600",
  display: "swap",
  variable: "--font-mono-upright",
  preload: false,
});

export async function generateMetadata(): Promise<Metadata> {
  const { say } = await readWords("common");
  return { title: { default: "Pilotage", template: "%s · Pilotage" }, description: say("description") };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafaf7" },
    { media: "(prefers-color-scheme: dark)", color: "#131518" },
  ],
};

/** The choice of light or dark comes with the request, so no script has to run before the first paint. */
export default async function RootLayout({ children }: { children: React.ReactNode }) {
  const chosen = (await cookies()).get("theme")?.value;
  const language = (await readLocale()).slice(0, 2);
  const theme = chosen === "light" || chosen === "dark" ? chosen : undefined;
  const faces = [serifRoman, serifItalic, sans, mono].map((face) => face.variable).join(" ");
  return (
    <html lang={language} className={faces} data-theme={theme} suppressHydrationWarning>
      <body>
        <WordsFor rooms={["common"]}>
          <TrpcProvider>{children}</TrpcProvider>
        </WordsFor>
      </body>
    </html>
  );
}
