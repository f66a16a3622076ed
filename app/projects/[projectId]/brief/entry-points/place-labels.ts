export type Box = { x: number; y: number; width: number; height: number };
/** A mark with the width of its label; `box` is what the mark itself covers. */
export type Labelled = { box: Box; width: number };

/** Height of a line of text in a drawing. */
export const LABEL_HEIGHT = 15;
const GAP = 4;

/**
 * Where each label goes so that none lies on another label, on a mark or outside the frame: beside its mark first, then
 * further up and down, at last wherever there is room. In the order of the marks.
 */
export function placeLabels(marks: readonly Labelled[], taken: readonly Box[], frame: Box): Box[] {
  const occupied: Box[] = [...taken, ...marks.map(({ box }) => box)];
  return marks.map((mark) => {
    const isFree = (box: Box) => isInside(box, frame) && !occupied.some((other) => overlaps(box, other));
    const spot = listSpots(mark, frame).find(isFree) ?? listSpots(mark, frame)[0] ?? mark.box;
    occupied.push(spot);
    return spot;
  });
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function isInside(box: Box, frame: Box): boolean {
  return (
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y + box.height <= frame.y + frame.height
  );
}

function listSpots({ box, width }: Labelled, frame: Box): Box[] {
  const at = (x: number, y: number): Box => ({ x, y, width, height: LABEL_HEIGHT });
  const right = box.x + box.width + GAP;
  const left = box.x - GAP - width;
  const middle = box.y + box.height / 2 - LABEL_HEIGHT / 2;
  const centre = box.x + box.width / 2 - width / 2;
  const near = [
    at(right, middle),
    at(left, middle),
    at(centre, box.y - GAP - LABEL_HEIGHT),
    at(centre, box.y + box.height + GAP),
  ];
  const steps = Math.ceil(frame.height / LABEL_HEIGHT);
  const beside = Array.from({ length: steps }, (_, step) => (step + 1) * LABEL_HEIGHT).flatMap((away) => [
    at(right, middle - away),
    at(right, middle + away),
    at(left, middle - away),
    at(left, middle + away),
  ]);
  const rows = Array.from({ length: Math.floor(frame.height / LABEL_HEIGHT) }, (_, row) => row);
  const columns = Array.from({ length: Math.floor(frame.width / 20) }, (_, column) => column);
  const anywhere = rows
    .flatMap((row) => columns.map((column) => at(frame.x + column * 20, frame.y + row * LABEL_HEIGHT)))
    .sort((a, b) => distance(a, near[0]) - distance(b, near[0]));
  return [...near, ...beside, ...anywhere];
}

function distance(a: Box, b: Box | undefined): number {
  return b === undefined ? 0 : (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
}
