import type { MaskedAddress } from '../../../../contract/privacy-mask.ts';
import classes from './ReportDialog.module.css';
import { maskedRow } from './report-choices.ts';

interface MaskPreviewProps {
  /** Null while it is asked for. */
  readonly masked: readonly MaskedAddress[] | null;
  /** Whether anything is to be masked. */
  readonly isAsked: boolean;
}

/** What stands in the file in place of what. */
export function MaskPreview({ masked, isAsked }: MaskPreviewProps) {
  if (!isAsked) return <p className={classes.note}>Nothing is masked: the file has every address as it was seen.</p>;
  if (masked === null) return <p className={classes.note}>Looking for what is to be masked…</p>;
  if (masked.length === 0) return <p className={classes.note}>Nothing in this period has to be masked.</p>;
  return (
    // A person with a keyboard has to be able to scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region (WCAG 2.1.1)
    <section className={classes.preview} aria-label="What is masked" tabIndex={0}>
      <table>
        <caption>Masked everywhere in the file, its raw data included</caption>
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col">Is</th>
            <th scope="col">Hop</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {masked.map(maskedRow).map(({ label, who, hop, why }) => (
            <tr key={label}>
              <td>{label}</td>
              <td>{who}</td>
              <td>{hop}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
