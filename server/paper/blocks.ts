/** What stands on a printed page, without a word about what it means. Lengths are points, 1/72 inch. */
export type Block =
  | { kind: "heading"; level: 2 | 3; text: string }
  /** `lead` opens a page, `reading` says what a drawing shows, `note` is small print. */
  | { kind: "text"; text: string; as?: "lead" | "reading" | "note" }
  | { kind: "list"; items: string[]; numbered?: boolean }
  | Table
  | Drawing
  /** Lines to write on by hand. */
  | { kind: "lines"; count: number }
  | { kind: "newPage" };

export type Table = {
  kind: "table";
  /** Said to screen readers, and printed above. */
  caption: string;
  columns: { head: string; share: number; align?: "right" }[];
  rows: Cell[][];
};

export type Cell = string | { text: string; bold?: boolean; fill?: string; ink?: string };

/** A picture with its text twin. The origin is its upper left corner. */
export type Drawing = { kind: "drawing"; alt: string; width: number; height: number; shapes: Shape[] };

export type Point = readonly [number, number];

export type Shape =
  | { kind: "path"; points: Point[]; closed?: boolean; line?: string; lineWidth?: number; fill?: string }
  | {
      kind: "text";
      at: Point;
      text: string;
      align?: "start" | "middle" | "end";
      bold?: boolean;
      ink?: string;
    };

export type Paper = {
  title: string;
  /** BCP 47. */
  language: string;
  subject: string;
  /** YYYY-MM-DD. Stands in the file in place of the moment of writing, so that the same content gives the same bytes. */
  day: string;
  orientation: "portrait" | "landscape";
  /** The foot of each page; the last argument is known once all are set. */
  foot: (page: number, pages: number) => string;
  blocks: Block[];
};

/** Ink on paper: the screen's light palette, with paper white. */
export const ink = {
  text: "#14171A",
  quiet: "#43494F",
  hair: "#DCDDD8",
  fail: "#B3261E",
  heat: ["#FFFFFF", "#E7ECF0", "#C9D5E0", "#97AEC3", "#35526E"],
} as const;

/** The tint of a level 0 to 4 and the ink that is read on it. */
export function tintOf(level: number): { fill: string; ink: string } {
  return { fill: ink.heat[level] ?? ink.heat[0], ink: level >= 4 ? "#FFFFFF" : ink.text };
}
