import Link from "next/link";
import { readWords } from "#app/_words/server.ts";
import { GateForm } from "./gate-form.tsx";
import type { Plan, PlanGate } from "./plan-data.ts";

/** What must be true at the gate, and what a person decided. The last gate is decided beside its verdicts. */
export async function GateRow({ plan, gate, base }: { plan: Plan; gate: PlanGate; base: string }) {
  const { say, format } = await readWords("plan");
  const decided = plan.decisions.find((decision) => decision.gate === gate.day) ?? null;
  const owners = gate.ownerRole.map((owner) => plan.ownerNames[owner]).join(", ");
  return (
    <section className="gate" id={gate.id} aria-labelledby={`${gate.id}-head`}>
      <h3 id={`${gate.id}-head`}>
        {say.rich("gate.heading", {
          day: gate.day,
          title: gate.title,
          gate: gate.id,
          id: (words) => <span className="id">{words}</span>,
        })}
      </h3>
      <ul>
        {gate.criteria.map((criterion) => (
          <li key={criterion}>{criterion}</li>
        ))}
      </ul>
      <p className="second">
        {say.rich("gate.decidedBy", {
          owners,
          artefact: gate.artefact.what,
          code: (words) => <code>{words}</code>,
        })}
      </p>
      <p>
        {decided ? (
          say.rich("gate.decided", {
            outcome: say(`outcome.${decided.outcome}`),
            day: format.day(decided.at, { year: true }),
            rationale: decided.rationale,
            b: (words) => <b>{words}</b>,
          })
        ) : (
          <i>{say("gate.undecided")}</i>
        )}
      </p>
      {gate.day === 10 ? (
        <p className="no-print">
          <Link className="act" href={`${base}/dossier`}>
            {say("gate.dossier")}
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
