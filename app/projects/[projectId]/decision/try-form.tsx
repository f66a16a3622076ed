"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { NumberField, SelectField } from "#app/_components/field.tsx";
import { useWords } from "#app/_words/client.tsx";

export type TriedQuestion = {
  id: string;
  name: string;
  type: "enum" | "bool" | "number";
  options: { value: string; label: string }[];
  unit: string | null;
  now: string;
};

/** One answer to change and watch. It is a plain form to an address, so that a trial can be sent and works unscripted. */
export function TryForm({
  questions,
  tried,
  value,
}: {
  questions: TriedQuestion[];
  tried: string;
  value: string;
}) {
  const { say } = useWords("choice");
  const router = useRouter();
  const [isPending, start] = useTransition();
  const question = questions.find(({ id }) => id === tried);
  const go = (next: string, nextValue: string) =>
    start(() => {
      const asked = new URLSearchParams({ try: next, ...(nextValue ? { value: nextValue } : {}) });
      router.replace(next ? `?${asked}#try` : "?", { scroll: false });
    });
  const values =
    question?.type === "bool"
      ? [
          { value: "true", label: say("try.yes") },
          { value: "false", label: say("try.no") },
        ]
      : (question?.options ?? []);
  return (
    <form className="decision-try no-print" method="get" action="#try" aria-busy={isPending}>
      <SelectField
        label={say("try.question")}
        name="try"
        value={tried}
        options={[
          { value: "", label: say("try.choose") },
          ...questions.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => go(event.target.value, "")}
      />
      {question &&
        (question.type === "number" ? (
          <NumberField
            key={tried}
            label={say("try.value")}
            hint={say("try.now", { said: question.now })}
            name="value"
            defaultValue={value}
            {...(question.unit ? { unit: question.unit } : {})}
            onChange={(event) => event.target.value && go(tried, event.target.value)}
          />
        ) : (
          <SelectField
            label={say("try.value")}
            hint={say("try.now", { said: question.now })}
            name="value"
            value={value}
            options={[{ value: "", label: say("try.choose") }, ...values]}
            onChange={(event) => go(tried, event.target.value)}
          />
        ))}
      <noscript>
        <button type="submit">{say("try.go")}</button>
      </noscript>
      {question && <WordButton onClick={() => go("", "")}>{say("try.stop")}</WordButton>}
    </form>
  );
}
