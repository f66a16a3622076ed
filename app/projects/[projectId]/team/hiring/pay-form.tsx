"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, WordButton } from "#app/_components/button.tsx";
import { NumberField, SelectField, TextField } from "#app/_components/field.tsx";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPCClient } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { HiringPlan } from "./hiring-data.ts";

type Range = HiringPlan["pay"][number];

const PERIODS = ["year", "month", "day", "hour"] as const;
const ENGAGEMENTS = ["permanent", "contract"] as const;

type Props = Pick<HiringPlan, "pay" | "roles" | "version" | "asOf"> & { projectId: string };

/** What the roles are paid, as people know it. */
export function PayForm({ projectId, pay, roles, version, asOf }: Props) {
  const { say, format } = useWords("hiring");
  const client = useTRPCClient();
  const explain = useExplain();
  const router = useRouter();
  const needed = roles.find(({ isNeeded }) => isNeeded)?.id ?? roles[0]?.id ?? "AIPE";
  const [form, setForm] = useState({
    roleId: needed,
    engagement: "permanent" as Range["engagement"],
    min: "",
    max: "",
    currency: "EUR",
    per: "year" as Range["per"],
    source: "",
  });
  const [problem, setProblem] = useState<string>();
  const [removed, setRemoved] = useState<Range>();
  const nameOf = (id: string) => roles.find((role) => role.id === id)?.name ?? id;
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));

  const save = async (key: Pick<Range, "roleId" | "engagement">, range: Range | null) => {
    setProblem(undefined);
    try {
      await client.hiring.savePay.mutate({ projectId, version, ...key, range });
      router.refresh();
      return true;
    } catch (error) {
      setProblem(explain(error as Parameters<typeof explain>[0]).message);
      return false;
    }
  };
  const remove = async (range: Range) => {
    const { roleId, engagement } = range;
    if (await save({ roleId, engagement }, null)) setRemoved(range);
  };

  return (
    <>
      <p className="prose">{say("pay.lead")}</p>
      {pay.length === 0 ? (
        <p className="quiet">{say("pay.none")}</p>
      ) : (
        <ul className="plain-list">
          {pay.map((range) => (
            <li key={`${range.roleId} ${range.engagement}`}>
              <b>{nameOf(range.roleId)}</b>{" "}
              {say("pay.line", {
                ...range,
                min: format.number(range.min),
                max: format.number(range.max),
              })}{" "}
              <span className="second">
                {say("pay.since", { source: range.source, day: format.day(range.asOf, { year: true }) })}
              </span>{" "}
              <WordButton className="no-print" onClick={() => void remove(range)}>
                {say("pay.remove", { role: nameOf(range.roleId) })}
              </WordButton>
            </li>
          ))}
        </ul>
      )}
      <form
        className="hiring-form no-print"
        onSubmit={(event) => {
          event.preventDefault();
          const range = { ...form, min: Number(form.min), max: Number(form.max), asOf };
          void save({ roleId: form.roleId, engagement: form.engagement }, range);
        }}
      >
        <SelectField
          label={say("pay.role")}
          value={form.roleId}
          onChange={(event) =>
            change({ roleId: roles.find(({ id }) => id === event.target.value)?.id ?? needed })
          }
          options={roles.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          label={say("pay.as")}
          value={form.engagement}
          onChange={(event) =>
            change({ engagement: ENGAGEMENTS.find((one) => one === event.target.value) ?? "permanent" })
          }
          options={ENGAGEMENTS.map((one) => ({ value: one, label: say(`engagement.${one}`) }))}
        />
        <NumberField
          label={say("pay.min")}
          min={0}
          required
          value={form.min}
          onChange={(event) => change({ min: event.target.value })}
        />
        <NumberField
          label={say("pay.max")}
          min={0}
          required
          value={form.max}
          onChange={(event) => change({ max: event.target.value })}
        />
        <TextField
          label={say("pay.currency")}
          required
          maxLength={3}
          value={form.currency}
          onChange={(event) => change({ currency: event.target.value.toUpperCase() })}
        />
        <SelectField
          label={say("pay.per")}
          value={form.per}
          onChange={(event) => change({ per: PERIODS.find((one) => one === event.target.value) ?? "year" })}
          options={PERIODS.map((one) => ({ value: one, label: say(`per.${one}`) }))}
        />
        <TextField
          label={say("pay.from")}
          hint={say("pay.fromHint")}
          required
          maxLength={300}
          value={form.source}
          onChange={(event) => change({ source: event.target.value })}
        />
        <Button type="submit">{say("pay.save")}</Button>
      </form>
      {problem && (
        <p className="status error" role="alert">
          {problem}
        </p>
      )}
      {removed && (
        <UndoBar
          message={say("pay.removed", { role: nameOf(removed.roleId) })}
          onUndo={() => {
            const { roleId, engagement } = removed;
            void save({ roleId, engagement }, removed).then((ok) => ok && setRemoved(undefined));
          }}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </>
  );
}
