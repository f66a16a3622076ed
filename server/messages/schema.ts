import * as z from "zod";

/** Languages there is a catalogue for. */
export const Language = z.enum(["en"]);
export type Language = z.infer<typeof Language>;

/** How a workspace writes numbers and dates (BCP 47); its language chooses the catalogue. */
export const Locale = z.string().regex(/^[a-z]{2}-[A-Z]{2}$/);
export type Locale = z.infer<typeof Locale>;

export const defaultLocale: Locale = "en-GB";
