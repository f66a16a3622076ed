"use client";

import { useWords } from "#app/_words/client.tsx";

type Props = {
  message: string;
  /** Absent when there is no way back, for example after the undo itself failed. */
  onUndo?: () => void;
  onClose: () => void;
};

/** After a destructive act: what was done, and the way back. It stays until it is used or closed. */
export function UndoBar({ message, onUndo, onClose }: Props) {
  const { say } = useWords("common");
  return (
    <div className="undo" role="status" aria-live="polite">
      <span>{message}</span>
      {onUndo && (
        <button type="button" onClick={onUndo}>
          {say("undo")}
        </button>
      )}
      <button type="button" onClick={onClose}>
        {say("close")}
      </button>
    </div>
  );
}
