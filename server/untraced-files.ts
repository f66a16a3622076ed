/**
 * `node:fs/promises` and `node:path` under a name the bundler does not know. It follows every path that is joined or
 * read and copies what the path may reach; a path that is only known at run time reaches the whole checkout, and the
 * build then dies on the links inside the data folder's Python environments. What the web process reads lies outside
 * the bundle anyway.
 */
export const { access, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } =
  process.getBuiltinModule("node:fs/promises");
export const { basename, dirname, isAbsolute, join, relative, resolve, sep } =
  process.getBuiltinModule("node:path");
