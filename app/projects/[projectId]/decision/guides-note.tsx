import Link from "next/link";
import { Note } from "#app/_components/note.tsx";
import { readWords } from "#app/_words/server.ts";
import type { Claim } from "#server/decision/schema.ts";

/** How much of what the guides state is more than a claim, and where to read it. */
export async function GuidesNote({ claims, base }: { claims: Claim[]; base: string }) {
  const { say } = await readWords("choice");
  const count = (status: Claim["status"]) => String(claims.filter((claim) => claim.status === status).length);
  return (
    <Note title={say("guides.title")}>
      <p>
        {say("guides.linkLead", {
          claims: String(claims.length),
          unverified: count("unverified"),
          contradicted: count("contradicted"),
        })}
      </p>
      <p>
        <Link className="act" href={`${base}/decision/guides`} prefetch={false}>
          {say("guides.link")}
        </Link>
      </p>
    </Note>
  );
}
