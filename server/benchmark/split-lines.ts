/** What a line may weigh in memory. The log keeps less; a pilot that prints without line ends must cost no more. */
const lineLimit = 8_192;

/**
 * Cuts a stream of text into lines. Of a line that is too long the beginning is kept and the rest passed over, so
 * that the memory it takes does not depend on who prints.
 */
export class LineSplitter {
  #open = "";

  /** The lines that this piece ends. */
  take(piece: string): string[] {
    const lines: string[] = [];
    let from = 0;
    for (;;) {
      const end = piece.indexOf("\n", from);
      if (end === -1) break;
      lines.push(this.#close(piece.slice(from, Math.min(end, from + lineLimit))));
      from = end + 1;
    }
    this.#keep(piece.slice(from, from + lineLimit));
    return lines;
  }

  /** What stood behind the last line end; null = nothing. */
  end(): string | null {
    return this.#open === "" ? null : this.#close("");
  }

  #close(rest: string): string {
    this.#keep(rest);
    const line = this.#open;
    this.#open = "";
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }

  #keep(text: string): void {
    if (this.#open.length < lineLimit) this.#open += text.slice(0, lineLimit - this.#open.length);
  }
}
