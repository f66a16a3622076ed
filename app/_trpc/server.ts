import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { createContext } from "#server/api/context.ts";
import { createCaller } from "#server/api/root.ts";
import { PilotageError } from "#server/errors.ts";
import { defaultLocale, type Locale } from "#server/messages/schema.ts";

/** For server components: the same procedures and policies as the browser, without HTTP. Once per request. */
export const caller = cache(async () => createCaller(await readContext()));

const readContext = cache(async () => createContext("GET", await headers()));

/** How the reader's workspace writes numbers and dates. */
export async function readLocale(): Promise<Locale> {
  return (await readContext()).session?.locale ?? defaultLocale;
}

/** Turns "no such project" into the page that says so. */
export async function orNotFound<T>(value: Promise<T>): Promise<T> {
  try {
    return await value;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof PilotageError && cause.kind === "absent") notFound();
    if (error instanceof Error && "code" in error && error.code === "BAD_REQUEST") notFound();
    throw error;
  }
}
