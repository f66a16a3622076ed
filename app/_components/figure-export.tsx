"use client";

import { useWords } from "#app/_words/client.tsx";

// A drawing on the page takes its colours and faces from the style sheet; a file has none, so they are written in.
const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
];
const PNG_SCALE = 2;

/** SVG and PNG of the drawing in the same figure, made in the browser. */
export function FigureExport({ name }: { name: string }) {
  const { say } = useWords("common");
  const file =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "figure";
  return (
    <span className="links">
      <button
        type="button"
        className="act"
        aria-label={say("figure.svg", { name })}
        onClick={(event) => saveSvg(event.currentTarget, file)}
      >
        SVG
      </button>
      <button
        type="button"
        className="act"
        aria-label={say("figure.png", { name })}
        onClick={(event) => savePng(event.currentTarget, file)}
      >
        PNG
      </button>
    </span>
  );
}

function saveSvg(button: HTMLElement, file: string) {
  const drawing = standAlone(button);
  if (drawing) download(new Blob([drawing.text], { type: "image/svg+xml" }), `${file}.svg`);
}

function savePng(button: HTMLElement, file: string) {
  const drawing = standAlone(button);
  if (!drawing) return;
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = drawing.width * PNG_SCALE;
    canvas.height = drawing.height * PNG_SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && download(blob, `${file}.png`), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.text)}`;
}

function standAlone(button: HTMLElement) {
  const shown = button.closest("figure")?.querySelector<SVGSVGElement>(".plot svg");
  if (!shown) return null;
  const copy = shown.cloneNode(true) as SVGSVGElement;
  const originals = [shown, ...shown.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  originals.forEach((original, at) => {
    const computed = getComputedStyle(original);
    for (const style of STYLES) copies[at]?.setAttribute(style, computed.getPropertyValue(style));
    copies[at]?.removeAttribute("class");
  });
  const box = shown.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("x", String(box.x));
  ground.setAttribute("y", String(box.y));
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return { text: new XMLSerializer().serializeToString(copy), width: box.width, height: box.height };
}

function download(blob: Blob, file: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  URL.revokeObjectURL(link.href);
}
