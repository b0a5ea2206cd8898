import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { takePicture } from '../../ui/take-picture.ts';
import { useCopy } from '../../ui/use-copy.ts';
import type { TableForm } from './CopyTableMenu.tsx';
import type { HopRow } from './hop-rows.ts';
import { type CopiedTable, pictureCaption, rowText, tableCsv, tableMarkdown, tableText } from './table-copy.ts';

/** Copies the table, one of its rows or a picture of it. The functions stay the same while the numbers move. */
export function useTableCopy(tableRef: RefObject<HTMLElement | null>, table: CopiedTable) {
  const { outcome, copy, copyPicture, save } = useCopy();
  const newest = useRef(table);
  useEffect(() => {
    newest.current = table;
  });
  const copyTable = useCallback(
    (form: TableForm) => {
      const { current } = newest;
      switch (form) {
        case 'text':
          return void copy(tableText(current), 'the table as text');
        case 'markdown':
          return void copy(tableMarkdown(current), 'the table as Markdown');
        case 'csv':
          return void copy(tableCsv(current), 'the table as CSV');
        case 'picture':
        case 'png':
        case 'svg':
          return void takePicture({ copyPicture, save }, tableRef.current, form === 'picture' ? 'clipboard' : form, {
            caption: pictureCaption(current.report),
            what: 'the table as a picture',
            fileName: ['path to', current.report.target],
          });
      }
    },
    [copy, copyPicture, save, tableRef],
  );
  const copyRow = useCallback(
    (row: HopRow) => void copy(rowText(row, newest.current.columns), `the row of ${row.host}`),
    [copy],
  );
  const copyText = useCallback((text: string) => void copy(text, text), [copy]);
  return { outcome, copyTable, copyRow, copyText };
}
