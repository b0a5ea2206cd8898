import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ToldMessage } from '../../../../contract/sockets.ts';
import { formatQuantity } from '../../format/count.ts';
import { byteRows } from './byte-rows.ts';
import { fieldName, fieldValue, partWords } from './field-words.ts';
import classes from './MessageBytes.module.css';

interface MessageBytesProps {
  readonly title: string;
  /** Null when the bytes were not kept. */
  readonly message: ToldMessage | null;
  readonly family: 4 | 6;
}

/** Bytes that are shown without being asked for: 32 rows. */
const SHOWN_AT_FIRST = 512;

/** A hex dump beside the fields that its bytes are; hovering or focusing one marks the other. */
export function MessageBytes({ title, message, family }: MessageBytesProps) {
  const [isWhole, setIsWhole] = useState(false);
  const [marked, mark] = useState<number | null>(null);
  const bytes = message === null ? 0 : message.hex.length / 2;
  const rows = useMemo(
    () => (message === null ? [] : byteRows(message, isWhole ? bytes : SHOWN_AT_FIRST)),
    [message, isWhole, bytes],
  );
  const parts = useMemo(() => (message === null ? [] : fieldsByPart(message)), [message]);
  if (message === null) {
    return <p className={classes.note}>{title}: its bytes were not kept, because the exchange had too many.</p>;
  }
  return (
    <section className={classes.message} aria-label={`Bytes of the ${title.toLowerCase()}`}>
      <h4 className={classes.title}>
        {title} <span className={classes.size}>{formatQuantity(bytes, 'byte')}</span>
      </h4>
      {message.isQuoteOnly && (
        <p className={classes.note}>
          The kernel opens an error before an unprivileged socket sees it, and keeps only the request that it quotes. A
          privileged socket sees the whole message.
        </p>
      )}
      <div className={classes.body}>
        <div className={classes.dump}>
          {rows.map(({ offset, runs }) => (
            <div key={offset} className={classes.row}>
              <span className={classes.offset}>{offset}</span>
              <span className={classes.hex}>
                {runs.map((run) => (
                  // biome-ignore lint/a11y/noStaticElementInteractions: the list of fields does the same by keyboard
                  <span
                    key={run.field}
                    className={classes.run}
                    data-part={message.fields[run.field]?.part}
                    data-marked={run.field === marked}
                    onMouseEnter={() => mark(run.field)}
                    onMouseLeave={() => mark(null)}
                  >
                    {run.hex}
                  </span>
                ))}
              </span>
              <span className={classes.text}>
                {runs.map((run) => (
                  <span key={run.field} data-marked={run.field === marked}>
                    {run.text}
                  </span>
                ))}
              </span>
            </div>
          ))}
          {bytes > SHOWN_AT_FIRST && !isWhole && (
            <Button size="compact-xs" variant="default" className={classes.more} onClick={() => setIsWhole(true)}>
              Show all {formatQuantity(bytes, 'byte')}
            </Button>
          )}
        </div>
        <div className={classes.parts}>
          {parts.map(({ part, fields }) => (
            <div key={part}>
              <h5 className={classes.part} data-part={part}>
                {partWords(part)}
              </h5>
              <ul className={classes.fields}>
                {fields.map(({ index, field }) => (
                  <li key={index}>
                    <button
                      type="button"
                      className={classes.field}
                      data-marked={index === marked}
                      onMouseEnter={() => mark(index)}
                      onMouseLeave={() => mark(null)}
                      onFocus={() => mark(index)}
                      onBlur={() => mark(null)}
                    >
                      <span className={classes.name}>{fieldName(field)}</span>
                      <span className={classes.value}>{fieldValue(field, family)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

type Field = ToldMessage['fields'][number];

/** The fields in the order of their bytes, gathered by part, each with its place among all. */
function fieldsByPart({ fields }: ToldMessage) {
  const parts: { part: Field['part']; fields: { index: number; field: Field }[] }[] = [];
  fields.forEach((field, index) => {
    const last = parts.at(-1);
    if (last?.part === field.part) last.fields.push({ index, field });
    else parts.push({ part: field.part, fields: [{ index, field }] });
  });
  return parts;
}
