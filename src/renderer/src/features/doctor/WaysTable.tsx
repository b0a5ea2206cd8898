import { CommandToCopy } from '../../ui/CommandToCopy.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './DoctorView.module.css';
import type { Findings } from './doctor-findings.ts';

interface WaysTableProps {
  readonly findings: Findings;
}

/** Each way of sending with the result of its self-test, and below what would open those that are not needed. */
export function WaysTable({ findings: { ways, trial, optional } }: WaysTableProps) {
  return (
    <section className={classes.card} aria-labelledby="ways-of-sending">
      <header className={classes.head}>
        <h3 id="ways-of-sending" className={classes.title}>
          Ways of sending
        </h3>
        <p className={classes.note}>{trial}</p>
      </header>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Way</th>
              <th scope="col">Family</th>
              <th scope="col">State</th>
              <th scope="col" title="Round trip of one echo request to this machine itself">
                Loopback
              </th>
              <th scope="col" title="Whose clock stands behind the round trips">
                Times
              </th>
              <th scope="col" title="Whether routers' words reach this program: time exceeded, unreachable">
                ICMP errors
              </th>
              <th scope="col" title="Bytes of answers that the kernel keeps while this program is busy">
                Receive buffer
              </th>
            </tr>
          </thead>
          <tbody>
            {ways.map((way) => (
              <tr key={way.key}>
                <th scope="row">{way.name}</th>
                <td>IPv{way.family}</td>
                <td>
                  <StatusBadge tone={way.tone} label={way.label} />
                </td>
                {way.trouble === null ? (
                  <>
                    <td className={classes.number}>{way.loopback}</td>
                    <td>{way.times}</td>
                    <td>{way.errors}</td>
                    <td className={classes.number}>{way.receiveBuffer}</td>
                  </>
                ) : (
                  <td colSpan={4} className={classes.reason}>
                    {way.trouble.sentence}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {optional.map(({ title, cure }) =>
        cure === null ? null : (
          <details key={cure.command ?? cure.sentence} className={classes.optional}>
            <summary>{title}: how to open it all the same</summary>
            <div className={classes.cure}>
              <p>{cure.sentence}</p>
              {cure.command !== null && <CommandToCopy command={cure.command} />}
            </div>
          </details>
        ),
      )}
    </section>
  );
}
