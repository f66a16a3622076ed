// `npm start`: from a fresh clone to a served app.
import { build } from "./build.mjs";
import { install } from "./install.mjs";
import { run, say } from "./say.mjs";
import { checkPlace, prepareData, readPlace, serve } from "./serve.mjs";

await run(async () => {
  const dev = process.argv.includes("--dev");
  const place = { ...readPlace(), dev };
  await checkPlace(place);
  install();
  if (!dev) build();
  prepareData(place);
  const running = await serve(place);
  say(`\nPilotage is at ${running.url}`);
  say(
    `Your data lives in ${process.env.DATABASE_URL ? "the database of DATABASE_URL, files in " : ""}${place.dataDir}`,
  );
  say("Ctrl-C stops everything.");

  const stopped = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, resolve);
  });
  await Promise.race([stopped, running.ended]).finally(running.stop);
  process.exit(process.exitCode ?? 0);
});
