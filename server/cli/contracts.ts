import { writeContracts } from "#server/contracts/write-contracts.ts";
import type { Command } from "./command.ts";

export const contracts: Command = {
  name: "contracts",
  summary: "Writes the JSON Schemas that cross to the pilots from the zod schemas they are defined in.",
  usage: "",
  example: "npm run --silent pilotage -- contracts",
  run: async (_args, io) => {
    io.answer({ written: await writeContracts() });
    return 0;
  },
};
