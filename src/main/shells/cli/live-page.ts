import { escapeControls } from '../../../contract/escape-controls.ts';
import { tellInstants } from '../../../contract/instants.ts';
import type { PathReport } from '../../../contract/path.ts';
import { milliseconds } from '../../../contract/units.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { Clock } from '../../base/clock.ts';
import { DisposableStore } from '../../base/disposables.ts';
import { formatLocal, formatOffset } from '../../reports/local-times.ts';
import { pathTable } from '../../reports/path-table.ts';
import { pathHeading } from '../../reports/path-text.ts';
import type { Style } from '../../reports/style.ts';
import { verdictSentence } from '../../reports/verdict-text.ts';
import type { MonitorCommand } from './path-arguments.ts';
import type { Screen } from './terminal.ts';
import type { PathObserver } from './watch-path.ts';

/** Shortest time between two drawings: four a second are read, more only flicker. */
const DRAWING_INTERVAL = milliseconds(250);

/** Verdicts shown of each path; the report at the end has them all, with their evidence. */
const SHOWN_VERDICTS = 3;

interface Shown {
  readonly target: string;
  ask: (() => Promise<PathReport | null>) | null;
  report: PathReport | null;
}

/** The table of `hopscope monitor`, drawn anew as rounds come in and as the window changes. */
export class LivePage implements Disposable {
  readonly #deps: { readonly clock: Clock; readonly screen: Screen };
  readonly #style: Style;
  readonly #paths: readonly Shown[];
  readonly #owned = new DisposableStore();
  /** Paths that the screen has room for; the others are in the report at the end. */
  #visible: number;
  #timer: Disposable | null = null;
  #isWanted = false;
  #isDisposed = false;

  constructor(deps: { readonly clock: Clock; readonly screen: Screen }, { targets }: MonitorCommand, style: Style) {
    this.#deps = deps;
    this.#style = style;
    this.#paths = targets.map((target) => ({ target, ask: null, report: null }));
    this.#visible = this.#paths.length;
    this.#owned.add(deps.screen);
    this.#owned.add(deps.screen.onResize(() => this.#draw()));
    this.#draw();
  }

  /** What tells this page of one of its paths. */
  observe(target: string): PathObserver {
    const shown = this.#paths.find((path) => path.target === target);
    return {
      onAdded: (ask) => {
        if (shown !== undefined) shown.ask = ask;
      },
      onRounds: () => this.#request(),
      onEvents: () => this.#request(),
    };
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#timer?.[Symbol.dispose]();
    this.#owned[Symbol.dispose]();
  }

  #request(): void {
    this.#isWanted = true;
    if (this.#timer === null && !this.#isDisposed) this.#refresh();
  }

  #refresh(): void {
    this.#isWanted = false;
    this.#timer = this.#deps.clock.after(DRAWING_INTERVAL, () => {
      this.#timer = null;
      if (this.#isWanted) this.#refresh();
    });
    const asking = this.#paths.slice(0, this.#visible).map(async (path) => {
      path.report = (await path.ask?.()) ?? path.report;
    });
    void Promise.all(asking).then(() => this.#draw());
  }

  #draw(): void {
    if (this.#isDisposed) return;
    const { screen } = this.#deps;
    const offset = formatOffset(this.#deps.clock.wallNow());
    const lines = [
      `${this.#style.strong('hopscope monitor')}  ${this.#style.faint(`q or Ctrl-C ends it and prints the report; times are ${offset}`)}`,
    ];
    this.#visible = 0;
    for (const path of this.#paths) {
      if (lines.length >= screen.rows) break;
      lines.push('', ...this.#linesOf(path));
      this.#visible += 1;
    }
    screen.show(lines.slice(0, screen.rows));
  }

  #linesOf({ target, report }: Shown): string[] {
    if (report === null) return [`${escapeControls(target)}: waiting for the first answers`];
    const { columns } = this.#deps.screen;
    const verdicts = report.verdicts.slice(0, SHOWN_VERDICTS);
    return [
      pathHeading(report, this.#style),
      ...verdicts.flatMap((verdict) => verdictSentence(told(verdict), this.#style, columns)),
      ...pathTable(report, this.#style, columns),
    ];
  }
}

/** A verdict with the moments in its sentence in local time; the head of the page has the offset. */
function told(verdict: Verdict): Verdict {
  return { ...verdict, sentence: tellInstants(verdict.sentence, formatLocal) };
}
