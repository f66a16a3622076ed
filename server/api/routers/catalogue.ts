import * as z from "zod";
import { loadCatalogueChanges } from "#server/api/load-catalogue-changes.ts";
import { loadStandards } from "#server/api/load-standards.ts";
import { procedure, router } from "#server/api/trpc.ts";
import { PilotageError } from "#server/errors.ts";
import { listDifferences } from "#server/identity/list-differences.ts";
import { sayRoom } from "#server/messages/say.ts";
import { listCatalogueVersions, publishCatalogue } from "#server/team/catalogue-store.ts";
import { interpretCatalogue, nextVersion } from "#server/team/interpret-catalogue.ts";
import { loadCatalogue } from "#server/team/load-catalogue.ts";
import { parseCsv } from "#server/team/parse-csv.ts";
import { SKILL_CATALOGUE } from "#server/team/read-catalogue.ts";
import { ONET } from "#server/team/references.data.ts";
import type { SkillCatalogue } from "#server/team/schema.ts";
import { calendarDayOf } from "#server/team/shift-date.ts";

const say = sayRoom("errors");

/** A whole catalogue as a JSON text, or the table of its skills and roles as a CSV. */
const Offer = z.strictObject({
  format: z.enum(["json", "csv"]),
  text: z.string().max(900_000),
  /** For a CSV, which has no place for it; without one the next minor version. */
  version: z.string().max(20).exactOptional(),
});
type Offer = z.infer<typeof Offer>;

/** Enough to see what a document is about; the whole list is in the two files. */
const SHOWN = 200;

/** The skill catalogue of the workspace: read it, see what another one would change, publish it. */
export const catalogue = router({
  read: procedure("read").query(async ({ ctx }) => {
    const { workspaceId } = ctx.session;
    const [{ catalogue, ruleSet }, versions] = await Promise.all([
      loadStandards(ctx.db, workspaceId),
      listCatalogueVersions(ctx.db, workspaceId),
    ]);
    return { catalogue, shipped: SKILL_CATALOGUE.version, versions, sources: ruleSet.sources, onet: ONET };
  }),

  /** Dry run: values, requirements, and the projects whose gaps would change. Nothing is stored. */
  check: procedure("own")
    .input(Offer)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId } = ctx.session;
      const now = await loadStandards(ctx.db, workspaceId);
      const offered = accept(input, now.catalogue);
      const differences = listDifferences(now.catalogue, offered);
      const compared = { from: now.catalogue, to: offered };
      const today = calendarDayOf(ctx.now());
      const gaps = await loadCatalogueChanges(ctx.db, workspaceId, now.ruleSet, compared, today);
      return {
        version: offered.version,
        inForce: now.catalogue.version,
        differing: differences.length,
        differences: differences.slice(0, SHOWN),
        requirements: compareRequirements(now.catalogue, offered).slice(0, SHOWN),
        gapsChanging: gaps.length,
        gaps: gaps.slice(0, SHOWN),
      };
    }),

  publish: procedure("own")
    .input(Offer)
    .mutation(async ({ ctx, input }) => {
      const { workspaceId, memberId } = ctx.session;
      const now = await loadStandards(ctx.db, workspaceId);
      const offered = accept(input, now.catalogue);
      if (!isHigher(offered.version, now.catalogue.version)) {
        const values = { version: offered.version, inForce: now.catalogue.version };
        throw new PilotageError("invalid", "VERSION_NOT_HIGHER", say("VERSION_NOT_HIGHER.said", values), {
          path: "version",
          hint: say("VERSION_TAKEN.hint"),
        });
      }
      await publishCatalogue(ctx.db, workspaceId, memberId, offered, ctx.now());
      return { version: offered.version };
    }),
});

function accept({ format, text, version }: Offer, present: SkillCatalogue): SkillCatalogue {
  const document = format === "json" ? parse(text) : readTable(text, version, present);
  const loaded = loadCatalogue(document);
  if (!loaded.ok) throw refuse(loaded.problems);
  return loaded.catalogue;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    throw new PilotageError("invalid", "BODY_NOT_JSON", say("BODY_NOT_JSON.report", { reason }));
  }
}

function readTable(text: string, version: string | undefined, present: SkillCatalogue): unknown {
  const parsed = parseCsv(new TextEncoder().encode(text));
  if (!parsed.ok) throw refuse(parsed.problems.map(({ message }) => message));
  const read = interpretCatalogue(
    parsed.tables[0]?.rows ?? [],
    present,
    version ?? nextVersion(present.version),
  );
  if (!read.ok) throw refuse(read.problems.map(({ message }) => message));
  return read.document;
}

function refuse(problems: string[]): PilotageError {
  const values = { count: problems.length, first: problems[0] ?? "" };
  return new PilotageError("invalid", "CATALOGUE_INVALID", say("CATALOGUE_INVALID.said", values), {
    data: problems.slice(0, 50),
  });
}

type Asked = { level: number; importance: string } | null;

/** What each role would be asked, where it is something else than now. */
function compareRequirements(from: SkillCatalogue, to: SkillCatalogue) {
  const list = ({ roles }: SkillCatalogue) =>
    new Map(
      roles.flatMap((role) =>
        role.requirements.map(({ skillId, level, importance }): [string, Asked] => [
          `${role.id} ${skillId}`,
          { level, importance },
        ]),
      ),
    );
  const [before, after] = [list(from), list(to)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key) ?? null, after.get(key) ?? null];
    const [roleId = "", skillId = ""] = key.split(" ");
    const isSame = was?.level === is?.level && was?.importance === is?.importance;
    return isSame ? [] : [{ roleId, skillId, before: was, after: is }];
  });
}

function isHigher(version: string, inForce: string): boolean {
  const [wanted, present] = [version, inForce].map((text) => text.split(".").map(Number));
  const at = wanted?.findIndex((part, index) => part !== present?.[index]) ?? -1;
  // The same version is refused by the store, which says that it is taken.
  return at < 0 || (wanted?.[at] ?? 0) > (present?.[at] ?? 0);
}
