import { Note } from "#app/_components/note.tsx";
import type { HiringPlan, HiringWords } from "./hiring-data.ts";

/** Every file of the team, as links. */
export function FileList({ plan, words: { say } }: { plan: HiringPlan; words: HiringWords }) {
  const files = `/api/projects/${plan.project.id}/team`;
  const wanted = plan.roles.filter(
    ({ id, isNeeded }) => isNeeded || plan.hiring.lines.some((line) => line.roleId === id),
  );
  return (
    <div className="no-print">
      <Note title={say("files.title")}>
        <p>{say("files.team")}</p>
        <p className="file-row">
          <a className="act" href={`${files}/pdf`}>
            PDF
          </a>{" "}
          <a className="act" href={`${files}/xlsx`}>
            XLSX
          </a>{" "}
          <a className="act" href={`${files}/csv`}>
            CSV
          </a>{" "}
          <a className="act" href={`${files}/md`}>
            Markdown
          </a>{" "}
          <a className="act" href={`${files}/json`}>
            JSON
          </a>
        </p>
        {wanted.map(({ id, name }) => {
          const of = (format: string) => `${files}/${format}?role=${id}`;
          const isPaid = plan.pay.some((range) => range.roleId === id);
          return (
            <div key={id}>
              <p>
                <b>{say("files.role", { role: name })}</b>
              </p>
              <p className="file-row">
                {say("files.ad")}:{" "}
                {isPaid ? (
                  <>
                    <a className="act" href={of("job.html")}>
                      {say("files.html")}
                    </a>{" "}
                    <a className="act" href={of("job.md")}>
                      Markdown
                    </a>{" "}
                    <a className="act" href={of("job.jsonld")}>
                      {say("files.jsonld")}
                    </a>
                  </>
                ) : (
                  <a className="act" href="#pay">
                    {say("files.needsPay")}
                  </a>
                )}
              </p>
              <p className="file-row">
                {say("files.kit")}:{" "}
                <a className="act" href={of("interview.pdf")}>
                  PDF
                </a>{" "}
                <a className="act" href={of("interview.md")}>
                  Markdown
                </a>{" "}
                <a className="act" href={of("interview.json")}>
                  JSON
                </a>
              </p>
              <p className="file-row">
                {say("files.elsewhere")}:{" "}
                <a className="act" href={of("greenhouse.json")}>
                  {say("files.greenhouse")}
                </a>{" "}
                <a className="act" href={of("ashby.json")}>
                  {say("files.ashby")}
                </a>
              </p>
            </div>
          );
        })}
      </Note>
    </div>
  );
}
