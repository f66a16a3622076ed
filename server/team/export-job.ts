import { sayRoom } from "#server/messages/say.ts";
import type { Job, Wish } from "./describe-job.ts";
import type { PayPer, PayRange } from "./hiring-schema.ts";

const say = sayRoom("staffing");

/** What only the people who advertise know. Absent, the posting has a place to fill in, marked as such. */
export type Employer = { name: string | null; country: string | null; place: string | null; remote: boolean };

export type Posting = { job: Job; employer: Employer; datePosted: string };

const UNIT: Record<PayPer, string> = { year: "YEAR", month: "MONTH", day: "DAY", hour: "HOUR" };

/** schema.org JobPosting as JSON-LD. We write the file; nothing is published from here. */
export function writeJobPosting({ job, employer, datePosted }: Posting): string {
  const { pay, occupation } = job;
  const place = {
    "@type": "Place",
    address: {
      "@type": "PostalAddress",
      addressLocality: employer.place ?? say("job.fillIn.place"),
      addressCountry: employer.country ?? say("job.fillIn.country"),
    },
  };
  return toJson({
    "@context": "https://schema.org",
    "@type": "JobPosting",
    title: job.title,
    description: writeBody(job),
    datePosted,
    employmentType: pay.engagement === "permanent" ? "FULL_TIME" : "CONTRACTOR",
    hiringOrganization: { "@type": "Organization", name: employer.name ?? say("job.fillIn.employer") },
    jobLocation: place,
    ...(employer.remote
      ? {
          jobLocationType: "TELECOMMUTE",
          applicantLocationRequirements: {
            "@type": "Country",
            name: employer.country ?? say("job.fillIn.country"),
          },
        }
      : {}),
    baseSalary: {
      "@type": "MonetaryAmount",
      currency: pay.currency,
      value: { "@type": "QuantitativeValue", minValue: pay.min, maxValue: pay.max, unitText: UNIT[pay.per] },
    },
    skills: [...job.must, ...job.nice].map((wish) => `${wish.name} — ${wish.does}`),
    responsibilities: job.mission,
    qualifications: job.must.map(sayWish).join(" "),
    ...(occupation ? { occupationalCategory: `${occupation.code} ${occupation.label}` } : {}),
  });
}

export function writeJobMarkdown({ job, employer }: Posting): string {
  return [
    `# ${escapeMarkdown(job.title)}`,
    "",
    escapeMarkdown(job.mission),
    "",
    ...job.context.map(escapeMarkdown).flatMap((line) => [line, ""]),
    `## ${say("job.must")}`,
    "",
    ...job.must.map((wish) => `- ${escapeMarkdown(sayWish(wish))}`),
    "",
    `## ${say("job.nice")}`,
    "",
    ...job.nice.map((wish) => `- ${escapeMarkdown(sayWish(wish))}`),
    "",
    `## ${say("job.pay")}`,
    "",
    sayPay(job.pay),
    "",
    `## ${say("job.where")}`,
    "",
    escapeMarkdown(sayPlace(employer)),
    "",
  ].join("\n");
}

/** A page of its own: opens anywhere, loads nothing. */
export function writeJobHtml(posting: Posting): string {
  const { job, employer } = posting;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(job.title)}</title>
<style>body{font:16px/1.5 Georgia,serif;max-width:40em;margin:2em auto;padding:0 1em;color:#14171a;background:#fff}h1{font-size:1.7em}h2{font-size:1.15em;margin-top:1.6em}</style>
</head>
<body>
<h1>${escapeHtml(job.title)}</h1>
${writeBody(job)}
<h2>${say("job.pay")}</h2>
<p>${escapeHtml(sayPay(job.pay))}</p>
<h2>${say("job.where")}</h2>
<p>${escapeHtml(sayPlace(employer))}</p>
</body>
</html>
`;
}

/** Few tags, because boards let few through. */
function writeBody(job: Job): string {
  const list = (wishes: Wish[]) =>
    `<ul>${wishes.map((wish) => `<li>${escapeHtml(sayWish(wish))}</li>`).join("")}</ul>`;
  return [
    `<p>${escapeHtml(job.mission)}</p>`,
    ...job.context.map((line) => `<p>${escapeHtml(line)}</p>`),
    `<p><b>${say("job.must")}</b></p>${list(job.must)}`,
    ...(job.nice.length > 0 ? [`<p><b>${say("job.nice")}</b></p>${list(job.nice)}`] : []),
  ].join("");
}

export function sayPay({ min, max, currency, per, engagement }: PayRange): string {
  return say("job.payRange", { min, max, currency, per, engagement });
}

function sayWish({ name, does }: Wish): string {
  return `${name}: ${does}`;
}

function sayPlace({ name, place, country, remote }: Employer): string {
  return say("job.place", {
    employer: name ?? say("job.fillIn.employer"),
    place: place ?? say("job.fillIn.place"),
    country: country ?? say("job.fillIn.country"),
    remote: remote ? "yes" : "no",
  });
}

/** Keys in the order they are written; a line break ends the file. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function escapeHtml(text: string): string {
  const signs: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}

/** Free text as text: no heading, link, image or HTML comes of it. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>()#|!~]/g, "\\$&")
    .replace(/^([-+])(\s)/, "\\$1$2")
    .replace(/^(\d+)\.(\s)/, "$1\\.$2");
}
