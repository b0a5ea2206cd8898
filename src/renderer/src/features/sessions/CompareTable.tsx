import classes from './CompareView.module.css';
import type { CompareCells, CompareRow } from './compare-rows.ts';

/** The hops of both periods side by side, and what has changed. */
export function CompareTable({ rows }: { readonly rows: readonly CompareRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be within reach of the keyboard
    <section className={classes.scroll} aria-label="Hops compared" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Hop
            </th>
            <th scope="col" rowSpan={2}>
              Host
            </th>
            <th scope="colgroup" colSpan={3} className={classes.group}>
              Loss
            </th>
            <th scope="colgroup" colSpan={3} className={classes.group}>
              Round trip, median
            </th>
          </tr>
          <tr>
            <Heads />
            <Heads />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-round-trip={row.hop === '' || undefined}>
              <td className={classes.number}>{row.hop}</td>
              <th scope="row" className={classes.host} data-changed={row.isHostChanged || undefined}>
                {row.host}
                {row.addresses !== '' && <span className={classes.addresses}>{row.addresses}</span>}
              </th>
              <Cells cells={row.loss} />
              <Cells cells={row.rtt} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Heads() {
  return (
    <>
      <th scope="col" className={classes.first}>
        Before
      </th>
      <th scope="col">After</th>
      <th scope="col">Difference (95 %)</th>
    </>
  );
}

function Cells({ cells }: { readonly cells: CompareCells }) {
  const { before, after, difference, interval, chance, change } = cells;
  return (
    <>
      <td className={classes.first}>{before}</td>
      <td>{after}</td>
      <td className={classes.difference} data-change={change ?? undefined}>
        <strong>{difference}</strong>
        {interval !== '' && <span className={classes.interval}>{interval}</span>}
        <span className={classes.chance}>
          {change !== null && `${change === 'better' ? 'Better' : 'Worse'}: `}
          {chance}
        </span>
      </td>
    </>
  );
}
