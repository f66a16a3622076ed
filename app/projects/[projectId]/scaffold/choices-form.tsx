"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { NumberField, SelectField, TextField } from "#app/_components/field.tsx";
import { type SaveStatus, StatusLine } from "#app/_components/status-line.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { PilotChoices } from "#server/scaffold/rag-schema.ts";
import { type ChoiceTexts, readTexts, writeTexts } from "./read-texts.ts";

export type ChoiceDefaults = {
  accuracyPct: number;
  latencyMs: number;
  retrievalMode: string;
  k: number;
  embedder: string;
  permissions: string;
  orchestration: string;
};

type Props = {
  projectId: string;
  choices: PilotChoices;
  /** What stands when nothing is chosen. */
  defaults: ChoiceDefaults;
};

/** Every value that the pilot's schema knows; those that were not exercised here say so. */
const OPTIONS = {
  store: ["faiss_exact", "faiss_hnsw", "torch", "pgvector", "weaviate", "qdrant", "pinecone"],
  permissions: ["off", "audience"],
  orchestration: ["chain", "graph"],
  injection: ["off", "flag", "drop"],
  personalData: ["off", "mask"],
  device: ["cpu", "cuda"],
} as const satisfies Partial<Record<keyof PilotChoices, readonly string[]>>;
type OptionKey = `option.permissions.${(typeof OPTIONS)["permissions"][number]}`;

/** Folded away until one of them is used. */
const MORE = [
  "store",
  "embedder",
  "permissions",
  "orchestration",
  "historyTurns",
  "cacheEntries",
  "injection",
  "personalData",
  "device",
] as const satisfies (keyof PilotChoices)[];

/** Few choices, each with a sensible default; an empty field means the default. Saved as they are made. */
export function ChoicesForm({ projectId, choices, defaults }: Props) {
  const { say } = useWords("scaffold");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const [texts, setTexts] = useState<ChoiceTexts>(() => writeTexts(choices));
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  const [problem, setProblem] = useState<{ field: string; message: string } | null>(null);
  const saved = useRef(JSON.stringify(readTexts(writeTexts(choices))));
  const queue = useRef<Promise<void>>(Promise.resolve());

  function save(next: ChoiceTexts): void {
    const wanted = readTexts(next);
    const text = JSON.stringify(wanted);
    // An endpoint is two values; nothing is sent before both are there.
    const isHalf =
      (wanted.answerMode === "openai_compatible" && !(wanted.model && wanted.baseUrl)) ||
      (wanted.answerMode === "transformers" && !wanted.model);
    if (text === saved.current || isHalf) return;
    queue.current = queue.current.then(async () => {
      setStatus({ kind: "saving" });
      setProblem(null);
      try {
        await client.scaffold.saveChoices.mutate({ projectId, choices: wanted });
        saved.current = text;
        setStatus({ kind: "saved", at: new Date() });
        router.refresh();
      } catch (error) {
        const { message, path } = explain(error as Parameters<typeof explain>[0]) as {
          message: string;
          path?: string;
        };
        const field = path?.replace(/^choices\./, "") ?? "";
        setStatus(field in next ? { kind: "idle" } : { kind: "error", message, onRetry: () => save(next) });
        if (field in next) {
          setProblem({ field, message: say("choices.refused", { problem: endSentence(message) }) });
        }
      }
    });
  }

  const field = (name: keyof ChoiceTexts) => ({
    value: texts[name],
    onChange: (event: { target: { value: string } }) => setTexts({ ...texts, [name]: event.target.value }),
    onBlur: () => save(texts),
    onKeyDown: (event: React.KeyboardEvent) => event.key === "Enter" && save(texts),
    ...(problem?.field === name ? { error: problem.message } : {}),
  });
  const choice = (name: keyof ChoiceTexts) => ({
    value: texts[name],
    onChange: (event: { target: { value: string } }) => {
      const next = { ...texts, [name]: event.target.value };
      setTexts(next);
      save(next);
    },
    ...(problem?.field === name ? { error: problem.message } : {}),
  });
  const reset = () => {
    const empty = writeTexts({});
    setTexts(empty);
    save(empty);
  };

  /** The default stands first and is what an empty choice means. */
  const listOptions = (name: keyof typeof OPTIONS, shipped: string) => [
    { value: "", label: say("choices.asShipped", { mode: say(`option.${name}.${shipped}` as OptionKey) }) },
    ...OPTIONS[name]
      .filter((value) => value !== shipped)
      .map((value) => ({ value, label: say(`option.${name}.${value}` as OptionKey) })),
  ];

  return (
    <div>
      <div className="grid items-start gap-x-7 gap-y-4 wide:grid-cols-2 [&>.field]:m-0">
        <NumberField
          label={say("choices.accuracy")}
          hint={say("choices.accuracyHint")}
          unit="%"
          min={50}
          max={99}
          placeholder={String(defaults.accuracyPct)}
          {...field("accuracyShare")}
        />
        <NumberField
          label={say("choices.latency")}
          hint={say("choices.latencyHint")}
          unit="ms"
          min={1}
          placeholder={String(defaults.latencyMs)}
          {...field("latencyP95Ms")}
        />
        <SelectField
          label={say("choices.retrieval")}
          hint={say("choices.retrievalHint")}
          options={[
            { value: "", label: say("choices.asShipped", { mode: defaults.retrievalMode }) },
            { value: "hybrid", label: say("mode.hybrid") },
            { value: "bm25", label: say("mode.bm25") },
            { value: "dense", label: say("mode.dense") },
          ]}
          {...choice("retrievalMode")}
        />
        <NumberField
          label={say("choices.documents")}
          hint={say("choices.documentsHint")}
          min={1}
          max={50}
          placeholder={String(defaults.k)}
          {...field("k")}
        />
        <SelectField
          label={say("choices.answerer")}
          hint={say("choices.answererHint")}
          options={[
            { value: "", label: say("mode.extractive") },
            { value: "openai_compatible", label: say("mode.endpoint") },
            { value: "transformers", label: say("mode.transformers") },
          ]}
          {...choice("answerMode")}
        />
      </div>
      {(texts.answerMode === "openai_compatible" || texts.answerMode === "transformers") && (
        <div className="mt-4 grid items-start gap-x-7 gap-y-4 wide:grid-cols-2 [&>.field]:m-0">
          <TextField
            label={say("choices.model")}
            hint={say("choices.modelHint")}
            maxLength={200}
            {...field("model")}
          />
          {texts.answerMode === "openai_compatible" && (
            <TextField
              label={say("choices.address")}
              hint={say("choices.addressHint")}
              placeholder="http://127.0.0.1:8080/v1"
              {...field("baseUrl")}
            />
          )}
        </div>
      )}
      <details className="mt-4" open={MORE.some((name) => texts[name] !== "")}>
        <summary>{say("choices.more")}</summary>
        <div className="mt-4 grid items-start gap-x-7 gap-y-4 wide:grid-cols-2 [&>.field]:m-0">
          <SelectField
            label={say("choices.store")}
            hint={say("choices.storeHint")}
            options={listOptions("store", "faiss_exact")}
            {...choice("store")}
          />
          <TextField
            label={say("choices.embedder")}
            hint={say("choices.embedderHint")}
            placeholder={defaults.embedder}
            maxLength={400}
            {...field("embedder")}
          />
          <SelectField
            label={say("choices.permissions")}
            hint={say("choices.permissionsHint")}
            options={listOptions("permissions", defaults.permissions)}
            {...choice("permissions")}
          />
          <SelectField
            label={say("choices.orchestration")}
            hint={say("choices.orchestrationHint")}
            options={listOptions("orchestration", defaults.orchestration)}
            {...choice("orchestration")}
          />
          <NumberField
            label={say("choices.history")}
            hint={say("choices.historyHint")}
            min={0}
            max={50}
            placeholder="0"
            {...field("historyTurns")}
          />
          <NumberField
            label={say("choices.cache")}
            hint={say("choices.cacheHint")}
            min={0}
            placeholder="0"
            {...field("cacheEntries")}
          />
          <SelectField
            label={say("choices.injection")}
            hint={say("choices.injectionHint")}
            options={listOptions("injection", "flag")}
            {...choice("injection")}
          />
          <SelectField
            label={say("choices.personalData")}
            hint={say("choices.personalDataHint")}
            options={listOptions("personalData", "mask")}
            {...choice("personalData")}
          />
          <SelectField
            label={say("choices.device")}
            hint={say("choices.deviceHint")}
            options={listOptions("device", "cpu")}
            {...choice("device")}
          />
        </div>
      </details>
      <div className="links mt-2">
        <StatusLine status={status} />
        {Object.values(texts).some((text) => text !== "") && (
          <WordButton onClick={reset}>{say("choices.reset")}</WordButton>
        )}
      </div>
    </div>
  );
}

/** The server names the field in front of its sentence; here the sentence stands under the field. */
function endSentence(message: string): string {
  const sentence = message.replace(/^choices\.\w+: /, "");
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}
