/** After a destructive act: what was done, and the way back. It stays until it is used or closed. */
export function UndoBar({
  message,
  onUndo,
  onClose,
}: {
  message: string;
  onUndo: () => void;
  onClose: () => void;
}) {
  return (
    <div className="undo" role="status" aria-live="polite">
      <span>{message}</span>
      <button type="button" onClick={onUndo}>
        Undo
      </button>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </div>
  );
}
