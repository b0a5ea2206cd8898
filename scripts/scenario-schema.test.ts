import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createScenarioSchema, SCENARIO_SCHEMA_FILE } from './scenario-schema.ts';

it('resources/scenarios/scenario.schema.json says what the program accepts (npm run scenario-schema writes it)', () => {
  expect(JSON.parse(readFileSync(SCENARIO_SCHEMA_FILE, 'utf8'))).toEqual(createScenarioSchema());
});
