import { type MouseEvent, memo } from 'react';
import { formatQuantity } from '../../format/count.ts';
import { ChevronDownIcon, MoreIcon } from '../../ui/icons.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import classes from './HopTable.module.css';
import type { HopColumn } from './hop-columns.ts';
import { type HopRow, rowName } from './hop-rows.ts';
import { RangeGraphic } from './RangeGraphic.tsx';
import type { RangeShape, Zone } from './range-geometry.ts';

interface HopTableRowProps {
  readonly row: HopRow;
  readonly columns: readonly HopColumn[];
  readonly shape: RangeShape | null;
  readonly zones: readonly Zone[];
  readonly ticks: readonly { readonly x: number }[];
  readonly rangePx: number;
  /** Whether its timeline is open. */
  readonly isOpen: boolean;
  readonly onToggle: (hopLimit: number) => void;
  readonly onUnfold: (hopLimit: number) => void;
  readonly onMenu: (event: MouseEvent, row: HopRow) => void;
}

export const HopTableRow = memo(function HopTableRow(props: HopTableRowProps) {
  const { row, columns, shape, zones, ticks, rangePx, isOpen, onToggle, onUnfold, onMenu } = props;
  const { kind, hopLimit } = row;
  const opens = kind === 'hop' && hopLimit !== null;
  return (
    // The button in the row does the same for the keyboard; the row only makes the target larger for the pointer.
    <tr
      className={classes.row}
      data-kind={kind}
      data-open={isOpen || undefined}
      onClick={opens ? () => onToggle(hopLimit) : undefined}
      onContextMenu={(event) => onMenu(event, row)}
    >
      <td className={classes.number}>
        {row.severity !== null && <SeverityMark severity={row.severity} size={12} />}
        {opens ? (
          <button
            type="button"
            className={classes.disc}
            aria-pressed={isOpen}
            aria-label={`Timeline of hop ${hopLimit}`}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(hopLimit);
            }}
          >
            {row.number}
          </button>
        ) : (
          // What a hop has under the right mouse button, here also for the keyboard: the row has no other button.
          <button
            type="button"
            className={classes.more}
            aria-haspopup="menu"
            aria-label={`${rowName(row)}: menu`}
            title="Copy this row, or the table"
            onClick={(event) => onMenu(event, row)}
          >
            {row.number === '' ? <MoreIcon size={14} /> : row.number}
          </button>
        )}
      </td>
      <th scope="row" className={classes.host} title={row.address === null ? row.host : `${row.host}  ${row.address}`}>
        <span className={classes.hostLine}>
          <span className={classes.who}>
            <span className={classes.hostName}>{row.host}</span>
            {row.address !== null && <span className={classes.address}>{row.address}</span>}
          </span>
          {row.hints.map(({ word, meaning, isTrouble }) => (
            <abbr key={word} className={classes.hint} title={meaning} data-trouble={isTrouble || undefined}>
              {word}
            </abbr>
          ))}
          {row.others > 0 && hopLimit !== null && (
            <button
              type="button"
              className={classes.others}
              aria-expanded={row.isUnfolded}
              aria-label={`${formatQuantity(row.others, 'other responder')} at hop ${hopLimit}`}
              onClick={(event) => {
                event.stopPropagation();
                onUnfold(hopLimit);
              }}
            >
              +{row.others}
              <ChevronDownIcon size={11} />
            </button>
          )}
        </span>
      </th>
      {row.cells.map((text, place) => {
        const id = columns[place]?.id ?? '';
        const isLoss = id === 'loss' && row.lossRatio > 0;
        return (
          <td
            key={id}
            className={classes.cell}
            data-lossy={isLoss && row.isLossCarried ? true : undefined}
            data-dim={id === 'interval' || undefined}
          >
            <Quantity text={text} />
          </td>
        );
      })}
      <td className={classes.range}>
        {shape !== null && (
          <RangeGraphic shape={shape} zones={zones} ticks={ticks} widthPx={rangePx} description={row.description} />
        )}
      </td>
    </tr>
  );
});

/** `12.4 ms` with its unit set back. */
function Quantity({ text }: { readonly text: string }) {
  const [value, unit] = text.split(' ');
  return (
    <>
      {value}
      {unit !== undefined && <span className={classes.unit}> {unit}</span>}
    </>
  );
}
