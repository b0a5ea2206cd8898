import type { Milliseconds } from '../../contract/units.ts';
import type { Naming } from '../engine/path/path-report.ts';
import type { AutonomousSystem } from '../names/asn.ts';
import type { BackgroundAnswers } from '../names/background-answers.ts';
import type { NamedAddress } from './sessions/keeper-calls.ts';

/** Responders whose names are asked for; a path that shows more of them is being toyed with. */
const NAMED_LIMIT = 1_000;

export interface PathNamesDeps {
  /** Names of addresses. */
  readonly names: BackgroundAnswers<string>;
  /** Autonomous systems of addresses. */
  readonly systems: BackgroundAnswers<AutonomousSystem>;
}

/** Who was seen on a path, and what is known of each, as far as it is wanted. */
export class PathNames implements Naming {
  readonly #deps: PathNamesDeps;
  readonly #wanted: { readonly reverseDns: boolean; readonly asn: boolean };
  /** In the order in which they were first seen. */
  readonly #seen = new Set<string>();

  constructor({ names, systems }: PathNamesDeps, wanted: { readonly reverseDns: boolean; readonly asn: boolean }) {
    this.#deps = { names, systems };
    this.#wanted = wanted;
  }

  /** Somebody answered, or (null) nobody. */
  see(address: string | null): void {
    if (address === null || this.#seen.has(address) || this.#seen.size >= NAMED_LIMIT) return;
    this.#seen.add(address);
    this.#want(address);
  }

  /** Asks again for what was forgotten meanwhile. */
  wantAll(): void {
    for (const address of this.#seen) this.#want(address);
  }

  /** Resolves when the names of all are known or found to be none, at the latest after `limit`. */
  async settled(limit: Milliseconds): Promise<void> {
    const { names, systems } = this.#deps;
    const seen = [...this.#seen];
    const { reverseDns, asn } = this.#wanted;
    await Promise.all([
      ...(reverseDns ? [names.settled(seen, limit)] : []),
      ...(asn ? [systems.settled(seen, limit)] : []),
    ]);
  }

  nameOf(address: string): string | null {
    return this.#wanted.reverseDns ? this.#deps.names.get(address) : null;
  }

  asnOf(address: string): AutonomousSystem | null {
    return this.#wanted.asn ? this.#deps.systems.get(address) : null;
  }

  /** Those of whom something is known. */
  known(): NamedAddress[] {
    return [...this.#seen].flatMap((address) => {
      const [name, asn] = [this.nameOf(address), this.asnOf(address)];
      return name === null && asn === null ? [] : [{ address, name, asn }];
    });
  }

  #want(address: string): void {
    const { names, systems } = this.#deps;
    if (this.#wanted.reverseDns) names.want(address);
    if (this.#wanted.asn) systems.want(address);
  }
}
