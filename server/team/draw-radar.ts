import { type Drawing, ink, type Point, type Shape } from "#server/paper/blocks.ts";
import type { RequiredRole } from "./schema.ts";

const SIZE = 230;
const CENTRE = SIZE / 2;
const REACH = 84;
const LEVELS = 4;

/** A role's must skills on spokes: the outline is required, the area is held, red is what lies between. */
export function drawRadar(
  role: RequiredRole,
  heldOf: (skillId: string) => number | null,
  alt: string,
): Drawing {
  const musts = role.requirements.filter(({ importance }) => importance === "must");
  const spokes = musts.map(({ skillId, level }, at) => ({
    skillId,
    level,
    held: heldOf(skillId),
    angle: (2 * Math.PI * at) / musts.length - Math.PI / 2,
  }));
  const point = (angle: number, level: number): Point => [
    CENTRE + (Math.cos(angle) * REACH * level) / LEVELS,
    CENTRE + (Math.sin(angle) * REACH * level) / LEVELS,
  ];
  const ring = (
    levelOf: (spoke: (typeof spokes)[number]) => number,
    over: { line?: string; lineWidth?: number; fill?: string },
  ): Shape => ({
    kind: "path",
    points: spokes.map((spoke) => point(spoke.angle, levelOf(spoke))),
    closed: true,
    ...over,
  });
  const short = spokes.filter(({ held, level }) => held !== null && held < level);
  return {
    kind: "drawing",
    alt,
    width: SIZE,
    height: SIZE,
    shapes: [
      ...[1, 2, 3, LEVELS].map((level) => ring(() => level, { line: ink.hair, lineWidth: 0.5 })),
      ring(({ held }) => held ?? 0, { fill: ink.heat[2] }),
      ring(({ level }) => level, { line: ink.text, lineWidth: 1.25 }),
      ...short.map(
        ({ angle, held, level }): Shape => ({
          kind: "path",
          points: [point(angle, held ?? 0), point(angle, level)],
          line: ink.fail,
          lineWidth: 2.5,
        }),
      ),
      ...spokes.map(
        (spoke): Shape => ({
          kind: "text",
          at: point(spoke.angle, LEVELS + 0.7),
          text: spoke.skillId,
          align: "middle",
          bold: short.includes(spoke),
        }),
      ),
    ],
  };
}
