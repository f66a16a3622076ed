// Cuts the variable faces of Adobe's Source family down to what the pages print. Run by hand after a font
// package was raised: `node app/_fonts/subset-fonts.mjs`. The ready-made Latin subsets of others lack → ← ≥ ≤ ≈,
// so those signs would fall back to another face in the middle of a number.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const packages = new URL("../../node_modules/", import.meta.url);
const paper = new URL("../../server/paper/fonts/", import.meta.url);

/** Basic Latin, Latin-1 and Latin Extended-A: the languages of Europe and the names people type. */
const latin = `${range(0x20, 0x7e)}${range(0xa0, 0x17f)}ȘșȚțẞ`;
/** Spaces that do not break, dashes, quotes, arrows, comparison, the marks of tables. */
const signs =
  "\u2002\u2007\u2009\u2011\u202f‐–—‘’‚“”„†‡•…‰′″‹›⁄€→←↑↓↔−×÷±≈≠≤≥∞√∑∆ΔµμσαβπΩ✓✗·○●□■◇◆△▲▽▼¹²³⁴₀₁₂₃½¼¾№™©®";

// 400 and 600 are the only weights of the scale; optical sizes run from the 10.5 px note to the 34 px question.
const weights = { min: 400, max: 600 };
const opticalSizes = { min: 8, max: 36 };
const keepFeatures = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "calt", "lnum", "tnum", "pnum"];

const faces = [
  {
    from: "source-serif/VAR/SourceSerif4Variable-Roman.ttf",
    to: "serif-roman.woff2",
    axes: { wght: weights, opsz: opticalSizes },
  },
  {
    from: "source-serif/VAR/SourceSerif4Variable-Italic.ttf",
    to: "serif-italic.woff2",
    axes: { wght: weights, opsz: opticalSizes },
  },
  { from: "source-sans/VF/SourceSans3VF-Upright.ttf", to: "sans.woff2", axes: { wght: weights } },
  { from: "source-code-pro/VF/SourceCodeVF-Upright.ttf", to: "mono.woff2", axes: { wght: weights } },
];

for (const { from, to, axes } of faces) {
  const whole = await readFile(new URL(from, packages));
  const subset = await subsetFont(whole, latin + signs, {
    targetFormat: "woff2",
    variationAxes: axes,
    keepFeatures,
  });
  await writeFile(new URL(to, import.meta.url), subset);
  process.stdout.write(`${to} ${subset.byteLength} bytes\n`);
}

// PDF writers embed one weight and one size at a time, and cannot cut glyphs out of a compressed face.
const printed = [
  { from: faces[2].from, to: "sans-400.ttf", axes: { wght: 400 } },
  { from: faces[2].from, to: "sans-600.ttf", axes: { wght: 600 } },
  { from: faces[0].from, to: "serif-600.ttf", axes: { wght: 600, opsz: 20 } },
  { from: faces[1].from, to: "serif-italic.ttf", axes: { wght: 400, opsz: 11 } },
];
for (const { from, to, axes } of printed) {
  const subset = await subsetFont(await readFile(new URL(from, packages)), latin + signs, {
    targetFormat: "sfnt",
    variationAxes: axes,
    keepFeatures: ["kern"],
    noHinting: true,
  });
  await writeFile(new URL(to, paper), subset);
  process.stdout.write(`${to} ${subset.byteLength} bytes\n`);
}

for (const name of ["source-serif", "source-sans", "source-code-pro"]) {
  const licence = new URL(`OFL-${name}.md`, import.meta.url);
  await copyFile(new URL(`${name}/LICENSE.md`, packages), fileURLToPath(licence));
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
}
