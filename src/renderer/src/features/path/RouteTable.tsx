import classes from './EventLog.module.css';
import type { RouteStep } from './event-rows.ts';

/** Two routes side by side, the hops in which they differ marked. */
export function RouteTable({ id, steps }: { readonly id?: string; readonly steps: readonly RouteStep[] }) {
  return (
    <table id={id} className={classes.route}>
      <thead>
        <tr>
          <th scope="col">Hop</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ hopLimit, before, after, isChanged }) => (
          <tr key={hopLimit} data-changed={isChanged || undefined}>
            <td>{hopLimit}</td>
            <td>{before}</td>
            <td>{isChanged ? <strong>{after} ≠</strong> : after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
