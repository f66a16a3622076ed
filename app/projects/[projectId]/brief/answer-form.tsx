"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { Conflict, StatusLine } from "#app/_components/status-line.tsx";
import { useWords } from "#app/_words/client.tsx";
import type { Answer, AnswerValue, Question } from "#server/brief/schema.ts";
import type { SayOf } from "#server/messages/say.ts";
import { ChoiceAnswer, listChoices, NumberAnswer, readKey, SetAnswer } from "./answer-fields.tsx";
import { useSaveAnswer } from "./use-save-answer.ts";

type Props = {
  projectId: string;
  question: Question;
  initial: Answer | null;
  /** Where B leads: the question before. */
  back: string;
  /** Where Enter leads with an answer, and without one. */
  onward: string;
  onwardSkipping: string;
};

/** The answer saves itself when it is chosen. Number keys choose, U is "I don't know", Enter goes on, B back. */
export function AnswerForm({ projectId, question, initial, back, onward, onwardSkipping }: Props) {
  const { say } = useWords("brief");
  const router = useRouter();
  const answer = useSaveAnswer(projectId, question.id, initial);
  const { value, choose } = answer;
  // Nobody has looked at it yet: going on says yes to it, and says so on the button.
  const isPreset = initial?.source === "preset" && sameValue(initial.value, value);
  const next = value === null ? onwardSkipping : onward;

  // Between Enter and the next question a fast hand's keys belong to neither: they must not change this answer.
  const isLeaving = useRef(false);
  const leaveFor = async (href: () => string) => {
    isLeaving.current = true;
    if (await answer.settle()) router.push(href());
    else isLeaving.current = false;
  };
  const pick = (chosen: AnswerValue) => {
    if (!isLeaving.current) choose(chosen);
  };
  const goOn = async () => {
    // Read now, not as it was drawn: leaving a number's field has just chosen what was typed.
    const chosen = answer.peek();
    if (initial?.source === "preset" && sameValue(initial.value, chosen)) choose(initial.value);
    await leaveFor(() => (chosen === null ? onwardSkipping : onward));
  };

  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (isLeaving.current) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (event.key === "Enter") {
      if (target?.closest("a, button, summary, textarea")) return;
      event.preventDefault();
      // A number that is still being typed is saved by leaving its field.
      if (target instanceof HTMLInputElement) target.blur();
      void goOn();
      return;
    }
    if (event.key === "b" || event.key === "B") {
      event.preventDefault();
      if (target instanceof HTMLInputElement) target.blur();
      void leaveFor(() => back);
      return;
    }
    const picked = readKey(question, event.key, target, value);
    if (picked === undefined) return;
    event.preventDefault();
    choose(picked);
  };
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  return (
    <div className="brief-answer">
      {question.type === "number" && (
        <NumberAnswer question={question} value={value} error={answer.problem} onChoose={pick} />
      )}
      {question.type === "set" && (
        <SetAnswer question={question} value={value} error={answer.problem} onChoose={pick} />
      )}
      {listChoices(question, say) && (
        <ChoiceAnswer question={question} value={value} error={answer.problem} onChoose={pick} />
      )}
      {answer.conflict && (
        <Conflict
          what={say("form.thisAnswer")}
          mine={sayValue(question, answer.conflict.yours, say)}
          theirs={sayValue(question, answer.conflict.theirs, say)}
          onKeepMine={answer.keepMine}
          onTakeTheirs={answer.takeTheirs}
        />
      )}
      <div className="actions">
        <Link
          className="button primary"
          href={next}
          prefetch={false}
          onClick={(event) => {
            if (!isPreset && !answer.isBusy()) return;
            event.preventDefault();
            void goOn();
          }}
        >
          {isPreset ? say("form.confirm") : value === null ? say("form.skip") : say("form.goOn")}
        </Link>
        {isPreset && (
          <Link className="act" href={onwardSkipping} prefetch={false}>
            {say("form.leavePreset")}
          </Link>
        )}
        <StatusLine status={answer.status} />
      </div>
    </div>
  );
}

function sameValue(a: AnswerValue, b: AnswerValue | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sayValue(question: Question, value: AnswerValue, say: SayOf<"brief">): string {
  const label = (word: unknown) =>
    question.options.find((option) => option.value === word)?.label ??
    (word === "unknown" ? say("form.unknown") : String(word));
  return Array.isArray(value) ? value.map(label).join(", ") : label(value);
}
