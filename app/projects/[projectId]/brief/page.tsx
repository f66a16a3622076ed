import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { caller, orNotFound } from "#app/_trpc/server.ts";
import { readWords } from "#app/_words/server.ts";
import { WordsFor } from "#app/_words/words-for.tsx";
import { findNextQuestion, readPath, writeHref } from "./order-path.ts";
import { Overview } from "./overview.tsx";
import { QuestionPage } from "./question-page.tsx";
import "./brief.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readWords("brief")).say("title") };
}

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Without `q` the overview, with `q=next` the question most worth answering, else that question. */
export default async function BriefPage({ params, searchParams }: Props) {
  const [{ projectId }, query] = await Promise.all([params, searchParams]);
  const api = await caller();
  const [brief, candidates] = await orNotFound(
    Promise.all([api.brief.readAnswers({ projectId }), api.entryPoints.list({ projectId })]),
  );
  const base = `/projects/${projectId}/brief`;
  const ordered = brief.order.map(({ question }) => ({
    question,
    answer: brief.items.find((item) => item.question.id === question)?.answer ?? null,
  }));
  const path = readPath(
    query,
    brief.items.map((item) => item.question.id),
  );
  if (query.q === undefined)
    return (
      <WordsFor rooms={["brief"]}>
        <Overview
          brief={brief}
          base={base}
          next={findNextQuestion(ordered, path)}
          candidates={candidates.entries}
        />
      </WordsFor>
    );
  if (query.q === "next") {
    const next = findNextQuestion(ordered, path);
    redirect(next ? writeHref(base, next, { trail: [], skipped: path.skipped }) : base);
  }
  const item = brief.items.find(({ question }) => question.id === query.q);
  if (!item) notFound();
  const history = await api.brief.answerHistory({ projectId, questionId: item.question.id });
  const next = findNextQuestion(ordered, path, item.question.id);
  return (
    <WordsFor rooms={["brief"]}>
      <QuestionPage brief={brief} item={item} history={history} base={base} path={path} next={next} />
    </WordsFor>
  );
}
