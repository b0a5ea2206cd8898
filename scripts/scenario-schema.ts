/** Writes resources/scenarios/scenario.schema.json, by which editors check scenarios and complete their keys. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { destinationSchema, hopSchema, routerSchema, scenarioSchema } from '../src/contract/scenario.ts';
import {
  addressSchema,
  burstsSchema,
  jitterSchema,
  queueSchema,
  rateLimitSchema,
  unreachableSchema,
} from '../src/contract/scenario-properties.ts';

export const SCENARIO_SCHEMA_FILE = join(import.meta.dirname, '../resources/scenarios/scenario.schema.json');

/** The JSON Schema of a scenario. */
export function createScenarioSchema(): object {
  const schema = toJsonSchema(scenarioSchema, {
    target: 'draft-07',
    // What occurs in several places is told once.
    definitions: {
      address: addressSchema,
      jitter: jitterSchema,
      lossBursts: burstsSchema,
      queue: queueSchema,
      rateLimit: rateLimitSchema,
      unreachable: unreachableSchema,
      router: routerSchema,
      hop: hopSchema,
      destination: destinationSchema,
    },
  });
  return { ...schema, title: 'Hopscope scenario' };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(SCENARIO_SCHEMA_FILE, `${JSON.stringify(createScenarioSchema(), null, 2)}\n`);
}
