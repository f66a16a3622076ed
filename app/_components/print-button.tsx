"use client";

export function PrintButton() {
  return (
    <button type="button" className="act" onClick={() => window.print()}>
      Print
    </button>
  );
}
