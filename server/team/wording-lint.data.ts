/** Why a wording is refused in an advertisement; the sentence stands in the catalogue of messages. */
export type WordingReason = "years" | "gender" | "age" | "slang" | "ability" | "origin" | "degree";

/** Whole words and phrases, case aside. Each has turned people away who could have done the work. */
export const WORDING_RULES: { reason: WordingReason; pattern: RegExp }[] = [
  { reason: "years", pattern: /\b\d+\s*(?:\+|to\s+\d+|[-–]\s*\d+)?\s*(?:\+\s*)?years?\b/giu },
  {
    reason: "years",
    pattern: /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|several|many)\s+years?\b/giu,
  },
  { reason: "years", pattern: /\byears? of (?:\w+\s+)?experience\b/giu },
  {
    reason: "gender",
    pattern: /\b(?:he|she|his|her|him|guys?|manpower|chairman|salesman|craftsman|mankind|brotherhood)\b/giu,
  },
  { reason: "gender", pattern: /\b(?:aggressive(?:ly)?|dominant|dominate|fearless|warrior|alpha)\b/giu },
  { reason: "gender", pattern: /\b(?:nurturing|bubbly|motherly)\b/giu },
  {
    reason: "age",
    pattern: /\b(?:young|youthful|recent graduates?|digital natives?|energetic|mature|old[- ]school)\b/giu,
  },
  {
    reason: "slang",
    pattern:
      /\b(?:rock\s?stars?|ninjas?|gurus?|wizards?|unicorns?|hackers?|superheroes|superhero|crush(?:es|ing)? it|work hard,? play hard|10x)\b/giu,
  },
  {
    reason: "ability",
    pattern:
      /\b(?:able-bodied|crazy|insane|normal people|fast[- ]paced|high[- ]pressure|thick[- ]skinned)\b/giu,
  },
  { reason: "origin", pattern: /\b(?:native speakers?|mother tongue|cultur(?:e|al) fit|no accent)\b/giu },
  {
    reason: "degree",
    pattern: /\b(?:top[- ]tier universit(?:y|ies)|elite universit(?:y|ies)|ivy league)\b/giu,
  },
];
