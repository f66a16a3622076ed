import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { LinkButton } from "#app/_components/button.tsx";
import { EmptyState } from "#app/_components/empty.tsx";
import { Facts } from "#app/_components/facts.tsx";
import { Foot, Margin, Sheet } from "#app/_components/frame.tsx";
import { Note } from "#app/_components/note.tsx";
import { Section } from "#app/_components/section.tsx";
import { SheetHead } from "#app/_components/sheet-head.tsx";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import type { SayOf } from "#server/messages/say.ts";
import type { MlopsConfig } from "#server/scaffold/mlops-schema.ts";
import type { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import { ChoicesForm } from "./choices-form.tsx";
import { FileTree } from "./file-tree.tsx";
import { HandOutBar } from "./hand-out-bar.tsx";
import { HandOutList } from "./hand-out-list.tsx";
import { sayTarget } from "./say-target.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("scaffold")).say("title") };
}

type Props = { params: Promise<{ projectId: string }> };
type Read = Awaited<ReturnType<Awaited<ReturnType<typeof caller>>["scaffold"]["read"]>>;
type Configured = Extract<Read, { outcome: "configured" }>;

/** The pilot as it would be handed out now, file by file, and what was handed out before. */
export default async function ScaffoldPage({ params }: Props) {
  const { projectId } = await params;
  const { say, format } = await readWords("scaffold");
  const api = await caller();
  const pilot = await orNotFound(api.scaffold.read({ projectId }));
  if (pilot.outcome === "no_scaffold") return <NoPilot pilot={pilot} projectId={projectId} />;
  const { config, files, earlier, choices } = pilot;
  const [latest] = earlier;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <WordsFor rooms={["scaffold"]}>
      <Sheet>
        <SheetHead
          question={say("question")}
          lead={say("lead", {
            template: config.template.toUpperCase(),
            targets: config.targets.map((target) => sayTarget(target, say, format)).join(say("nextInList")),
            files: files.length,
            size: format.bytes(bytes),
          })}
        />
        <Section id="hand-out" title={say("handOut.title")}>
          <HandOutBar
            projectId={projectId}
            template={config.template}
            state={latest === undefined ? "never" : pilot.isHandedOut ? "current" : "changed"}
            latest={latest ?? null}
          />
        </Section>
        <Section id="choices" title={say("choices.title")}>
          {pilot.defaults.template === "rag" ? (
            <ChoicesForm projectId={projectId} choices={choices} defaults={readDefaults(pilot.defaults)} />
          ) : (
            <p className="prose">{say("mlops.editing")}</p>
          )}
        </Section>
        <Section id="files" title={say("files.title")}>
          <FileTree files={files} />
        </Section>
        {earlier.length > 0 && (
          <Section id="earlier" title={say("earlier.title")}>
            <HandOutList projectId={projectId} earlier={earlier} />
          </Section>
        )}
      </Sheet>
      <Margin>
        <NotExercisedNote pilot={pilot} />
        <Note title={say("config.title")} source={say("config.source")}>
          <Facts facts={listValues(config, say, format)} />
        </Note>
        <Note title={say("differs.title")}>
          <p>{say.rich("differs.text", { code })}</p>
        </Note>
        <ClinicNote projectId={projectId} />
      </Margin>
      <Foot
        left={say("foot.same")}
        right={say.rich("foot.version", {
          template: `${config.template} ${config.templateVersion}`,
          hash: pilot.configSha256.slice(0, 12),
          code,
        })}
      />
    </WordsFor>
  );
}

async function NoPilot({
  pilot,
  projectId,
}: {
  pilot: Extract<Read, { outcome: "no_scaffold" }>;
  projectId: string;
}) {
  const { say } = await readWords("scaffold");
  const isUnknown = pilot.code === "KIND_UNKNOWN";
  return (
    <Sheet>
      <SheetHead question={say("question")} />
      <EmptyState
        title={isUnknown ? say("none.kindUnknown.title") : say("none.title")}
        action={
          <LinkButton
            weight="primary"
            href={isUnknown ? `/projects/${projectId}/brief?q=project` : `/projects/${projectId}/plan`}
          >
            {isUnknown ? say("none.kindUnknown.act") : say("none.act")}
          </LinkButton>
        }
      >
        {pilot.reason}
      </EmptyState>
      {pilot.earlier.length > 0 && (
        <Section id="earlier" title={say("earlier.title")}>
          <HandOutList projectId={projectId} earlier={pilot.earlier} />
        </Section>
      )}
      <ClinicNote projectId={projectId} />
    </Sheet>
  );
}

/** Handed out beside any pilot, also where there is none. */
async function ClinicNote({ projectId }: { projectId: string }) {
  const { say } = await readWords("scaffold");
  return (
    <Note title={say("clinic.title")}>
      <p>{say("clinic.text")}</p>
      <p>
        <Link prefetch={false} className="act" href={`/projects/${projectId}/benchmark/clinic`}>
          {say("clinic.act")}
        </Link>
      </p>
    </Note>
  );
}

async function NotExercisedNote({ pilot }: { pilot: Configured }) {
  const { say } = await readWords("scaffold");
  const { notExercised, config } = pilot;
  return (
    <Note title={say("exercise.title")}>
      {notExercised.length === 0 ? (
        <p>{say("exercise.everything")}</p>
      ) : (
        <>
          <p>{say("exercise.lead")}</p>
          <ul>
            {notExercised.map(({ layer, pick, why }) => (
              <li key={layer}>
                <code>{say("exercise.pick", { layer, pick })}</code> {why}
              </li>
            ))}
          </ul>
        </>
      )}
      {config.template === "rag" && config.answer.mode === "openai_compatible" && (
        <p>{say("exercise.endpoint")}</p>
      )}
    </Note>
  );
}

function readDefaults({ targets, retrieval, answer }: RagPilotConfig) {
  const findTarget = (name: string) => targets.find(({ metric }) => metric === name)?.value ?? 0;
  return {
    accuracyPct: Math.round(findTarget("answer_accuracy") * 1000) / 10,
    latencyMs: findTarget("latency_p95_ms"),
    retrievalMode: retrieval.mode,
    k: retrieval.k,
    embedder: retrieval.embedder,
    permissions: retrieval.permissions,
    orchestration: answer.orchestration,
  };
}

function listValues(config: Configured["config"], say: SayOf<"scaffold">, format: Format) {
  if (config.template === "clinic") return [];
  return config.template === "mlops" ? listPipeline(config, say, format) : listAnswering(config, say, format);
}

function listPipeline(config: MlopsConfig, say: SayOf<"scaffold">, format: Format) {
  const { data, model, alerts, policy, workload, device } = config;
  return [
    { name: say("mlops.task"), value: config.task },
    { name: say("mlops.data"), value: data.name },
    {
      name: say("mlops.split"),
      value: say("mlops.splitValue", {
        train: format.number(data.trainDays),
        delay: format.number(data.delayDays),
        test: format.number(data.testDays),
      }),
    },
    { name: say("mlops.model"), value: [model.kind, ...model.hidden.map(String)].join(" ") },
    {
      name: say("mlops.alerts"),
      value: say("mlops.alertsValue", { budget: format.number(alerts.budgetPerDay) }),
    },
    {
      name: say("mlops.policy"),
      value: policy.regulated
        ? say("mlops.regulated", { approver: policy.approver ?? "?" })
        : say("mlops.free"),
    },
    {
      name: say("config.load"),
      value: say("config.loadValue", {
        arrivals: workload.arrivals,
        rate: format.number(workload.arrivalsPerSecond),
      }),
    },
    { name: say("config.seed"), value: String(workload.seed) },
    { name: say("config.device"), value: device.want },
  ];
}

function listAnswering(config: RagPilotConfig, say: SayOf<"scaffold">, format: Format) {
  const { retrieval, answer, workload } = config;
  return [
    {
      name: say("config.retrieval"),
      value: say("config.retrievalValue", {
        mode: retrieval.mode,
        k: retrieval.k,
        embedder: retrieval.embedder,
        dimensions: String(retrieval.dimensions),
      }),
    },
    {
      name: say("config.answer"),
      value:
        answer.mode === "extractive" ? say("config.extractive") : (answer.model ?? say("config.noModel")),
    },
    {
      name: say("config.load"),
      value: say("config.loadValue", {
        arrivals: workload.arrivals,
        rate: format.number(workload.arrivalsPerSecond),
      }),
    },
    {
      name: say("config.runs"),
      value: say("config.runsValue", {
        runs: format.number(workload.runs),
        requests: format.number(workload.requestsPerRun),
      }),
    },
    { name: say("config.seed"), value: String(workload.seed) },
    { name: say("config.device"), value: config.device },
  ];
}

function code(words: ReactNode): ReactNode {
  return <code>{words}</code>;
}
