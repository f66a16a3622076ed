import { keepBackends } from "./load-backends.ts";
import { measureMachine } from "./measure-machine.ts";
import { TensorBackendName } from "./schema.ts";

// A process of its own, started by keep-machine.ts: a native library may end it without a word.
const names = TensorBackendName.array().parse(process.argv.slice(2));
try {
  const profile = await measureMachine(keepBackends(names), new Date(), () => performance.now());
  process.send?.({ profile });
} catch (error) {
  process.send?.({ problem: error instanceof Error ? error.message : String(error) });
}
process.disconnect?.();
