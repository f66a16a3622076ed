"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { WordButton } from "#app/_components/button.tsx";
import { ProvenanceMark, ReturnArrow } from "#app/_components/marks.tsx";
import { UndoBar } from "#app/_components/undo-bar.tsx";
import { useExplain, useTRPC } from "#app/_trpc/client.tsx";
import { useWords } from "#app/_words/client.tsx";

type Change = { layer: string; name: string; before: string; after: string };
type Offer = {
  questionId: string;
  name: string;
  words: string;
  currentWords: string | null;
  because: string;
  changes: Change[];
};
type Props = {
  projectId: string;
  runId: string;
  offers: Offer[];
  accepted: { questionId: string; name: string; words: string }[];
  refused: { questionId: string; name: string; words: string }[];
};
type Done = { kind: "accepted" | "refused"; questionIds: string[]; message: string };

/** What the run would answer in the brief, each with what it changes; a person accepts or refuses. */
export function OfferList({ projectId, runId, offers, accepted, refused }: Props) {
  const trpc = useTRPC();
  const explain = useExplain();
  const { say, format } = useWords("benchmark");
  const router = useRouter();
  const [done, setDone] = useState<Done | null>(null);
  const run = { projectId, runId };
  const after = () => router.refresh();
  const accept = useMutation(trpc.reports.acceptOffers.mutationOptions({ onSuccess: after }));
  const undo = useMutation(trpc.reports.undoAccepted.mutationOptions({ onSuccess: after }));
  const refuse = useMutation(trpc.reports.refuseOffer.mutationOptions({ onSuccess: after }));
  const restore = useMutation(trpc.reports.restoreOffer.mutationOptions({ onSuccess: after }));
  const isBusy = accept.isPending || undo.isPending || refuse.isPending || restore.isPending;
  const error = accept.error ?? undo.error ?? refuse.error ?? restore.error;

  const takeOver = (chosen: Offer[]) => {
    const questionIds = chosen.map((offer) => offer.questionId);
    const [only] = chosen;
    const message =
      chosen.length === 1 && only
        ? say("offers.isNow", { name: only.name, words: only.words })
        : say("offers.areNow", { count: format.number(chosen.length) });
    accept.mutate(
      { ...run, questionIds },
      { onSuccess: () => setDone({ kind: "accepted", questionIds, message }) },
    );
  };
  const leaveOut = ({ questionId, name }: Offer) => {
    const message = say("offers.stays", { name });
    const onSuccess = () => setDone({ kind: "refused", questionIds: [questionId], message });
    refuse.mutate({ ...run, questionId }, { onSuccess });
  };
  const weighty = offers.filter((offer) => offer.changes.length > 0);
  const others = offers.filter((offer) => offer.changes.length === 0);
  const takeBack = () => {
    if (done === null) return;
    const [questionId] = done.questionIds;
    if (done.kind === "accepted") undo.mutate({ ...run, questionIds: done.questionIds });
    else if (questionId !== undefined) restore.mutate({ ...run, questionId });
    setDone(null);
  };

  return (
    <>
      {offers.length === 0 && (
        <p className="prose">{say(accepted.length > 0 ? "offers.allSettled" : "offers.nothingNew")}</p>
      )}
      {weighty.map((offer) => (
        <OfferRow
          key={offer.questionId}
          offer={offer}
          isBusy={isBusy}
          onAccept={() => takeOver([offer])}
          onRefuse={() => leaveOut(offer)}
        />
      ))}
      {others.length > 0 && (
        <>
          <p className="mt-2">
            {say.rich("offers.also", {
              b: (words) => <b>{words}</b>,
              quiet: (words) => <span className="quiet">{words}</span>,
            })}
          </p>
          <ul className="mt-1">
            {others.map((offer) => (
              <QuietOffer
                key={offer.questionId}
                offer={offer}
                isBusy={isBusy}
                onAccept={() => takeOver([offer])}
                onRefuse={() => leaveOut(offer)}
              />
            ))}
          </ul>
        </>
      )}
      {offers.length > 1 && (
        <p className="links mt-2">
          <WordButton disabled={isBusy} onClick={() => takeOver(offers)}>
            {say("offers.acceptAll", { count: format.number(offers.length) })}
          </WordButton>
        </p>
      )}
      <Settled
        {...{ accepted, refused, isBusy }}
        onWant={(questionId) => restore.mutate({ ...run, questionId })}
      />
      {error && (
        <p className="status error" role="alert">
          {explain(error).message}
        </p>
      )}
      {done && <UndoBar message={done.message} onUndo={takeBack} onClose={() => setDone(null)} />}
    </>
  );
}

type RowProps = { offer: Offer; isBusy: boolean; onAccept: () => void; onRefuse: () => void };

function OfferRow({ offer, isBusy, onAccept, onRefuse }: RowProps) {
  const { say } = useWords("benchmark");
  return (
    <article className="border-b border-hair pb-3">
      <h3>
        <ReturnArrow /> {offer.name}: {offer.words}
      </h3>
      <p>
        {offer.currentWords === null
          ? say("offers.briefUnknown")
          : say("offers.briefSays", { words: offer.currentWords })}{" "}
        <span className="quiet">{offer.because}</span>
      </p>
      <ul>
        {offer.changes.map((change) => (
          <li key={change.layer}>
            {change.name}: <span className="struck">{change.before}</span> → <b>{change.after}</b>
          </li>
        ))}
      </ul>
      <Choice {...{ offer, isBusy, onAccept, onRefuse }} />
    </article>
  );
}

function QuietOffer({ offer, isBusy, onAccept, onRefuse }: RowProps) {
  const { say } = useWords("benchmark");
  return (
    <li className="flex flex-wrap justify-between gap-x-6 border-b border-hair py-1">
      <span>
        {offer.name}: <b>{offer.words}</b>{" "}
        <span className="second">
          {offer.currentWords === null ? "" : `${say("offers.now", { words: offer.currentWords })} `}
          {offer.because}
        </span>
      </span>
      <Choice {...{ offer, isBusy, onAccept, onRefuse }} />
    </li>
  );
}

function Choice({ offer: { name }, isBusy, onAccept, onRefuse }: RowProps) {
  const { say } = useWords("benchmark");
  return (
    <span className="links">
      <WordButton disabled={isBusy} onClick={onAccept} aria-label={say("offers.acceptOne", { name })}>
        {say("offers.accept")}
      </WordButton>
      <WordButton disabled={isBusy} onClick={onRefuse} aria-label={say("offers.refuseOne", { name })}>
        {say("offers.refuse")}
      </WordButton>
    </span>
  );
}

function Settled(
  props: Pick<Props, "accepted" | "refused"> & { isBusy: boolean; onWant: (questionId: string) => void },
) {
  const { accepted, refused, isBusy, onWant } = props;
  const { say } = useWords("benchmark");
  if (accepted.length + refused.length === 0) return null;
  return (
    <ul className="second mt-3 grid gap-1">
      {accepted.map(({ questionId, name, words }) => (
        <li key={questionId}>
          {name}: {words} <ProvenanceMark source="measured" detail={say("offers.accepted")} />
        </li>
      ))}
      {refused.map(({ questionId, name, words }) => (
        <li key={questionId}>
          {say("offers.refused", { name, words })}{" "}
          <WordButton
            className="inline"
            disabled={isBusy}
            onClick={() => onWant(questionId)}
            aria-label={say("offers.againOne", { name })}
          >
            {say("offers.again")}
          </WordButton>
        </li>
      ))}
    </ul>
  );
}
