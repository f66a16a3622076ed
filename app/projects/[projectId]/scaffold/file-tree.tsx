import type { Format } from "#app/_words/format-in.ts";
import { readWords } from "#app/_words/server.ts";
import type { SayOf } from "#server/messages/say.ts";
import "./scaffold.css";
import { WRITTEN_PATHS } from "#server/scaffold/schema.ts";

export type ShownFile = { path: string; bytes: number; executable: boolean };

type Folder = { name: string; folders: Folder[]; files: { name: string; path: string; bytes: number }[] };

/** Folders open and close without a script. What the app writes is marked by a word. */
export async function FileTree({ files }: { files: ShownFile[] }) {
  const words = await readWords("scaffold");
  return (
    <div className="file-tree">
      <FolderItems folder={readTree(files)} path="" words={words} />
    </div>
  );
}

type Words = { say: SayOf<"scaffold">; format: Format };

function FolderItems({ folder, path, words }: { folder: Folder; path: string; words: Words }) {
  const { say, format } = words;
  return (
    <ul>
      {folder.folders.map((inner) => {
        const { count, bytes } = measure(inner);
        const innerPath = `${path}${inner.name}/`;
        return (
          <li key={innerPath}>
            <details open={innerPath === "handover/"}>
              <summary>
                <code>{inner.name}/</code>
                <span className="size">{say("files.folder", { count, size: format.bytes(bytes) })}</span>
              </summary>
              <FolderItems folder={inner} path={innerPath} words={words} />
            </details>
          </li>
        );
      })}
      {folder.files.map((file) => (
        <li key={file.path} className="file">
          <code>{file.name}</code>
          {WRITTEN_PATHS.has(file.path) && <span className="second">{say("files.written")}</span>}
          <span className="size">{format.bytes(file.bytes)}</span>
        </li>
      ))}
    </ul>
  );
}

function measure(folder: Folder): { count: number; bytes: number } {
  const inner = folder.folders.map(measure);
  return {
    count: folder.files.length + inner.reduce((sum, one) => sum + one.count, 0),
    bytes:
      folder.files.reduce((sum, file) => sum + file.bytes, 0) +
      inner.reduce((sum, one) => sum + one.bytes, 0),
  };
}

function readTree(files: ShownFile[]): Folder {
  const root: Folder = { name: "", folders: [], files: [] };
  for (const { path, bytes } of files) {
    const parts = path.split("/");
    const name = parts.pop() ?? path;
    let at = root;
    for (const part of parts) {
      let next = at.folders.find((folder) => folder.name === part);
      if (!next) {
        next = { name: part, folders: [], files: [] };
        at.folders.push(next);
      }
      at = next;
    }
    at.files.push({ name, path, bytes });
  }
  return root;
}
