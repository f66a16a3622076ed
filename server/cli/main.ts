import { sayRoom } from "#server/messages/say.ts";
import { exitCodes } from "./command.ts";
import { commands } from "./commands.ts";
import { exitCodeOf, sayError } from "./say-error.ts";

const say = sayRoom("errors");

const [name, ...args] = process.argv.slice(2);
process.exitCode = await main(name, args);

async function main(name: string | undefined, args: string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(overview());
    return name === undefined ? exitCodes.usage : 0;
  }
  const load = commands[name];
  if (!load) {
    const hint = say("COMMAND_UNKNOWN.hint", { commands: Object.keys(commands).join(", ") });
    process.stderr.write(`error[COMMAND_UNKNOWN]: ${say("COMMAND_UNKNOWN.said", { name })}\nhint: ${hint}\n`);
    return exitCodes.usage;
  }
  const command = await load();
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(
      `pilotage ${command.name} ${command.usage}\n\n${command.summary}\n\nExample:\n  ${command.example}\n`,
    );
    return 0;
  }
  const debug = args.includes("--debug");
  try {
    return await command.run(
      args.filter((arg) => arg !== "--debug"),
      {
        answer: (value) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
        progress: (line) => process.stderr.write(`${line}\n`),
      },
    );
  } catch (error) {
    process.stderr.write(sayError(error, debug, command.usage));
    return exitCodeOf(error);
  }
}

function overview(): string {
  return [
    "pilotage: from a business answer to a measured go / no-go, in the terminal",
    "",
    "  npm run --silent pilotage -- <command> [options]",
    "",
    `Commands: ${Object.keys(commands).join(", ")}`,
    "Each explains itself: npm run --silent pilotage -- decide --help",
    "JSON on stdout, progress on stderr. Exit codes: 0 pass, 1 fail, 3 inconclusive, 2 usage, 64 and up sysexits.",
    "",
  ].join("\n");
}
