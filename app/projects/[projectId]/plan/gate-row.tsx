import Link from "next/link";
import { formatDay } from "#app/_components/format-date.ts";
import { GateForm } from "./gate-form.tsx";
import type { Plan, PlanGate } from "./plan-data.ts";
import { OUTCOME_WORDS } from "./status-words.ts";

/** What must be true at the gate, and what a person decided. The last gate is decided beside its verdicts. */
export function GateRow({ plan, gate, base }: { plan: Plan; gate: PlanGate; base: string }) {
  const decided = plan.decisions.find((decision) => decision.gate === gate.day) ?? null;
  const owners = gate.ownerRole.map((owner) => plan.ownerNames[owner]).join(", ");
  return (
    <section className="gate" id={gate.id} aria-labelledby={`${gate.id}-head`}>
      <h3 id={`${gate.id}-head`}>
        Gate D{gate.day}: {gate.title} <span className="id">{gate.id}</span>
      </h3>
      <ul>
        {gate.criteria.map((criterion) => (
          <li key={criterion}>{criterion}</li>
        ))}
      </ul>
      <p className="second">
        Decided by {owners}, recorded in <code>{gate.artefact.what}</code>
      </p>
      <p>
        {decided ? (
          <>
            <b>{OUTCOME_WORDS[decided.outcome]}</b>, {formatDay(decided.at, { year: true })}.{" "}
            {decided.rationale}
          </>
        ) : (
          <i>not decided yet</i>
        )}
      </p>
      {gate.day === 10 ? (
        <p className="no-print">
          <Link className="act" href={`${base}/dossier`}>
            Decide it in the dossier, beside the verdicts
          </Link>
        </p>
      ) : (
        <GateForm
          projectId={plan.project.id}
          gate={gate.day}
          decided={decided && { outcome: decided.outcome, rationale: decided.rationale, at: decided.at }}
        />
      )}
    </section>
  );
}
