import { listContractFiles } from "#server/contracts/contracts.ts";
import { writeContracts } from "#server/contracts/write-contracts.ts";
import type { Command } from "./command.ts";
import { listShapeFiles } from "./shapes.ts";

export const contracts: Command = {
  name: "contracts",
  summary:
    "Writes the JSON Schemas that others rely on (pilots, scripts) from the zod schemas they are defined in.",
  usage: "",
  example: "npm run --silent pilotage -- contracts",
  run: async (_args, io) => {
    io.answer({ written: await writeContracts([...listContractFiles(), ...listShapeFiles()]) });
    return 0;
  },
};
