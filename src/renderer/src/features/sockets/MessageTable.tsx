import { ToneMark } from '../../ui/StatusBadge.tsx';
import classes from './MessageTable.module.css';
import type { MessageRow } from './message-rows.ts';

interface MessageTableProps {
  readonly rows: readonly MessageRow[];
  /** Key of the line whose bytes are shown. */
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

const COLUMNS = [
  { field: 'host', name: 'Host', title: 'Where a request went, who composed an answer' },
  { field: 'typeAndCode', name: 'Type / code', title: 'ICMP type and code' },
  { field: 'bytes', name: 'Bytes', title: 'Bytes of the ICMP message, its header included' },
  { field: 'id', name: 'Id', title: 'Identifier' },
  { field: 'sequence', name: 'Seq', title: 'Sequence number' },
  { field: 'ttl', name: 'TTL', title: 'Of a request the hops it may take, of an answer those it had left' },
  { field: 'trafficClass', name: 'Class', title: 'Traffic class of the IP header' },
  { field: 'rtt', name: 'Round trip', title: 'From the departure of the request to the arrival of the answer' },
  { field: 'stamp', name: 'Stamp', title: 'Where the moments of the round trip come from' },
  { field: 'at', name: 'Time', title: 'Of departure or arrival, on this machine’s clock' },
] as const;

/** One line for each message; a press on it shows its bytes. */
export function MessageTable({ rows, chosen, onChoose }: MessageTableProps) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Message</th>
            {COLUMNS.map(({ field, name, title }) => (
              <th key={field} scope="col" data-field={field} title={title}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.key}
              className={classes.row}
              data-direction={row.direction}
              data-chosen={row.key === chosen}
              onClick={() => onChoose(row.key)}
            >
              <th scope="row">
                <button type="button" className={classes.message} aria-pressed={row.key === chosen}>
                  <span className={classes.arrow} aria-hidden="true">
                    {row.direction === 'out' ? '→' : '←'}
                  </span>
                  {row.tone !== null && (
                    <span className={classes.tone} data-tone={row.tone}>
                      <ToneMark tone={row.tone} />
                    </span>
                  )}
                  {row.title}
                </button>
              </th>
              {COLUMNS.map(({ field }) => (
                <td key={field} data-field={field} title={field === 'host' ? row.host : undefined}>
                  {row[field]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
