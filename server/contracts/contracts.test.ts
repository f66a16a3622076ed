import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { hashCanonicalJson, toCanonicalJson } from "#server/scaffold/canonical-json.ts";
import { CONTRACTS, listContractFiles } from "./contracts.ts";

test.each(listContractFiles())("$path says what the zod schema says (else: npm run contracts)", (file) => {
  expect(existsSync(file.path) ? readFileSync(file.path, "utf8") : "absent").toBe(file.text);
});

describe.each(CONTRACTS)("$folder", ({ folder, schemas }) => {
  for (const { subject, schema } of schemas) {
    // Formats are annotations in JSON Schema; every limit that counts is a pattern.
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const validate = ajv.compile(readJson(`${folder}/${subject}.schema.json`) as object);
    // `disagreeing` has the right shape and the wrong arithmetic: check-report.ts refuses it, not the schema.
    for (const kind of ["valid", "disagreeing", "invalid"] as const) {
      const examples = readdirSync(`${folder}/examples/${subject}/${kind}`);
      test.each(examples)(`${subject} ${kind}: %s`, (name) => {
        const example = readJson(`${folder}/examples/${subject}/${kind}/${name}`);
        const accepted = kind !== "invalid";
        expect({ zod: schema.safeParse(example).success, jsonSchema: validate(example) }).toEqual({
          zod: accepted,
          jsonSchema: accepted,
        });
      });
    }
  }

  test("both sides hash the same canonical text", () => {
    const { cases } = readJson(`${folder}/examples/canonical.json`) as {
      cases: { value: unknown; canonical: string; sha256: string }[];
    };
    for (const { value, canonical, sha256 } of cases) {
      expect(toCanonicalJson(value)).toBe(canonical);
      expect(hashCanonicalJson(value)).toBe(sha256);
    }
  });
});

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
