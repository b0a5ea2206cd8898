import { join } from 'node:path';
import { compileBeforehand, compiledProgram, type Product } from './compiled-program.ts';

/** The programs in C++ that the lab and its tests are made of, by the source of each below `e2e/`. */
const PRODUCTS = {
  'lab/delay-link.cc': 'program',
  'lab/inject.cc': 'program',
  'kernel/bind-identifier.cc': 'program',
  'kernel/late-stamping.cc': 'library',
  'kernel/uncured-stamps.cc': 'program',
} as const satisfies Record<string, Product>;

type Source = keyof typeof PRODUCTS;

function pathOf(source: string): string {
  return join(import.meta.dirname, '..', source);
}

/** Path of a compiled program of the lab. */
export function labProgram(source: Source): string {
  return compiledProgram(pathOf(source), PRODUCTS[source]);
}

/** Compiles all of them, so that no test's time limit includes a compiler. */
export async function compileLabPrograms(): Promise<void> {
  await Promise.all(Object.entries(PRODUCTS).map(([source, product]) => compileBeforehand(pathOf(source), product)));
}
