/**
 * A seeded stream of whole numbers under `2^32` (mulberry32, Tommy Ettinger 2017, public domain). Number i depends on the
 * seed and i alone, so that another language can draw the same ones all at once. Good enough to resample, no secret.
 */
export function drawSeeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** A whole number from 0 to `below` - 1; the bias is under `below` / 2^32. */
export function drawIndex(draw: () => number, below: number): number {
  return Math.floor((draw() / 4_294_967_296) * below);
}
