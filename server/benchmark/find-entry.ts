import type { BenchPreset } from "./job-schema.ts";

/** The function behind the pilot's own `pilot` command. */
export type Entry = { module: string; name: string };

/** Reads it from a `pyproject.toml`; null when it names no `pilot` command. */
export function findEntry(project: string): Entry | null {
  const found = /^pilot\s*=\s*"([A-Za-z_][\w.]*):([A-Za-z_]\w*)"\s*$/m.exec(project);
  return found?.[1] && found[2] ? { module: found[1], name: found[2] } : null;
}

/** What Python is called with to run the command without installing the project. */
export function callEntry({ module, name }: Entry): string[] {
  return ["-c", `import sys; from ${module} import ${name}; sys.argv[0] = "pilot"; sys.exit(${name}())`];
}

/** `pilot bench` with its choices. Names and paths of ours; nothing that people typed. */
export function listArguments(out: string, preset: BenchPreset | null, dataDir: string | null): string[] {
  return [
    "bench",
    "--progress",
    "json",
    "--out",
    out,
    ...(preset === null ? [] : ["--preset", preset]),
    ...(dataDir === null ? [] : ["--data", dataDir]),
  ];
}
