import type { Metadata } from "next";
import { LinkButton } from "#app/_components/button.tsx";
import { EmptyState } from "#app/_components/empty.tsx";
import { Facts } from "#app/_components/facts.tsx";
import { formatBytes, formatCount, formatNumber } from "#app/_components/format-number.ts";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { ChoicesForm } from "./choices-form.tsx";
import { FileTree } from "./file-tree.tsx";
import { HandOutBar } from "./hand-out-bar.tsx";
import { HandOutList } from "./hand-out-list.tsx";
import { sayTarget } from "./say-target.ts";

export const metadata: Metadata = { title: "Scaffold" };

type Props = { params: Promise<{ projectId: string }> };
type Read = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["scaffold"]["read"]>>;
type Configured = Extract<Read, { outcome: "configured" }>;

const QUESTION = "What will run, exactly?";

/** The pilot as it would be handed out now, file by file, and what was handed out before. */
export default async function ScaffoldPage({ params }: Props) {
  const { projectId } = await params;
  const api = await caller();
  const pilot = await orNotFound(api.scaffold.read({ projectId }));
  if (pilot.outcome === "no_scaffold") return <NoPilot pilot={pilot} projectId={projectId} />;
  const { config, files, earlier, choices } = pilot;
  const [latest] = earlier;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <>
      <Sheet>
        <SheetHead
          question={QUESTION}
          lead={`A ${config.template.toUpperCase()} pilot that must show ${config.targets.map(sayTarget).join(" and ")}. ${formatCount(files.length, "file")}, ${formatBytes(bytes)}.`}
        />
        <Section id="hand-out" title="Hand it out">
          <HandOutBar
            projectId={projectId}
            template={config.template}
            state={latest === undefined ? "never" : pilot.isHandedOut ? "current" : "changed"}
            latest={latest ?? null}
          />
        </Section>
        <Section id="choices" title="Choices">
          <ChoicesForm projectId={projectId} choices={choices} defaults={readDefaults(pilot.defaults)} />
        </Section>
        <Section id="files" title="Files">
          <FileTree files={files} />
        </Section>
        {earlier.length > 0 && (
          <Section id="earlier" title="Handed out before">
            <HandOutList projectId={projectId} earlier={earlier} />
          </Section>
        )}
      </Sheet>
      <Margin>
        <NotExercisedNote pilot={pilot} />
        <Note title="What stands in pilot.json" source="Values nobody chose are the template's own.">
          <Facts facts={listValues(config)} />
        </Note>
        <Note title="What differs from the template">
          <p>
            <code>pilot.json</code> and the files under <code>handover/</code>. Every other byte is the
            template's, which runs its own tests where it lies.
          </p>
        </Note>
      </Margin>
      <Foot
        left="The same brief, decision and choices give the same bytes, on every machine."
        right={
          <>
            template{" "}
            <code>
              {config.template} {config.templateVersion}
            </code>
            , configuration <code>{pilot.configSha256.slice(0, 12)}</code>
          </>
        }
      />
    </>
  );
}

function NoPilot({
  pilot,
  projectId,
}: {
  pilot: Extract<Read, { outcome: "no_scaffold" }>;
  projectId: string;
}) {
  const isUnknown = pilot.code === "KIND_UNKNOWN";
  return (
    <Sheet>
      <SheetHead question={QUESTION} />
      <EmptyState
        title={isUnknown ? "The kind of project is not known yet" : "No pilot is generated for this project"}
        action={
          <LinkButton
            weight="primary"
            href={isUnknown ? `/projects/${projectId}/brief?q=project` : `/projects/${projectId}/plan`}
          >
            {isUnknown ? "Answer it in the brief" : "Go to the plan"}
          </LinkButton>
        }
      >
        {pilot.reason}
      </EmptyState>
      {pilot.earlier.length > 0 && (
        <Section id="earlier" title="Handed out before">
          <HandOutList projectId={projectId} earlier={pilot.earlier} />
        </Section>
      )}
    </Sheet>
  );
}

function NotExercisedNote({ pilot }: { pilot: Configured }) {
  const { notExercised, config } = pilot;
  return (
    <Note title="Not exercised here">
      {notExercised.length === 0 ? (
        <p>Every pick the decision made is run by this pilot.</p>
      ) : (
        <>
          <p>The decision picked these; this pilot runs something else, so it measures nothing about them.</p>
          <ul>
            {notExercised.map(({ layer, pick, why }) => (
              <li key={layer}>
                <code>
                  {layer}: {pick}
                </code>{" "}
                {why}
              </li>
            ))}
          </ul>
        </>
      )}
      {config.answer.mode === "openai_compatible" && (
        <p>
          It calls a model endpoint. A run on this machine has no network, so run it where the endpoint is and
          upload the report.
        </p>
      )}
    </Note>
  );
}

function readDefaults({ targets, retrieval }: Configured["defaults"]) {
  const findTarget = (name: string) => targets.find(({ metric }) => metric === name)?.value ?? 0;
  return {
    accuracyPct: Math.round(findTarget("answer_accuracy") * 1000) / 10,
    latencyMs: findTarget("latency_p95_ms"),
    retrievalMode: retrieval.mode,
    k: retrieval.k,
  };
}

function listValues(config: Configured["config"]) {
  const { retrieval, answer, workload } = config;
  const load = `${workload.arrivals}, ${formatNumber(workload.arrivalsPerSecond)} a second`;
  return [
    {
      name: "retrieval",
      value: `${retrieval.mode}, k ${retrieval.k}, ${retrieval.embedder} ${retrieval.dimensions}`,
    },
    { name: "answer", value: answer.mode === "extractive" ? "extractive" : (answer.model ?? "no model") },
    { name: "load", value: load },
    { name: "runs", value: `${workload.runs} of ${workload.requestsPerRun} requests` },
    { name: "seed", value: String(workload.seed) },
    { name: "device", value: config.device },
  ];
}
