import type { Pages } from '../../engine/path/archive/pages.ts';
import type { PageRows } from '../../store/sessions/page-rows.ts';

/** The pages of one session, wherever they are; none before it has a row. */
export class SessionPages implements Pages {
  tables: { readonly pages: PageRows; readonly session: number } | null = null;

  read(level: number, hop: number, node: number): Uint8Array | undefined {
    return this.tables?.pages.read(this.tables.session, level, hop, node);
  }

  readAll(level: number, hop: number): Iterable<{ readonly node: number; readonly bytes: Uint8Array }> {
    return this.tables?.pages.readAll(this.tables.session, level, hop) ?? [];
  }

  write(level: number, hop: number, node: number, bytes: Uint8Array | null): void {
    this.tables?.pages.write(this.tables.session, level, hop, node, bytes);
  }
}
