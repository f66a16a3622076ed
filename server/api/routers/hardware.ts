import { procedure, router } from "#server/api/trpc.ts";
import { readSettings } from "#server/env.ts";
import { readMachine } from "#server/hardware/keep-machine.ts";

/** "This machine". Only reads what the worker measured; nothing is computed in a request. */
export const hardware = router({
  machine: procedure("read").query(() => readMachine(readSettings().dataDir)),
});
