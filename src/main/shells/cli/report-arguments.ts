import { parseIpAddress } from '../../../contract/ip-address.ts';
import { type MaskOptions, MOST_MASKED_HOPS } from '../../../contract/privacy-mask.ts';
import {
  accept,
  HELP_OPTION,
  type OptionDefinition,
  type ParsedLine,
  parseLine,
  quote,
  refuse,
  type Usage,
} from './option-table.ts';
import { readWholeNumber } from './option-values.ts';
import { ALL_OPTION, readWhich } from './sessions-arguments.ts';

/** A lawful `hopscope report`. */
export interface ReportCommand {
  readonly kind: 'report';
  readonly sessionId: string;
  readonly fromEpochMs: number | null;
  readonly toEpochMs: number | null;
  readonly isAll?: true;
  /** Null: nothing is masked. */
  readonly mask: MaskOptions | null;
  /** Null: standard output. */
  readonly output: string | null;
  readonly isReplacing: boolean;
}

const NAME = 'hopscope report';

export const REPORT_OPTIONS: readonly OptionDefinition[] = [
  { long: '--html', short: null, value: 'FILE', help: 'the file to write, - for standard output', suggests: 'files' },
  { long: '--overwrite', short: null, value: null, help: 'replace the file when it is there already' },
  { long: '--from', short: null, value: 'TIME', help: 'begin of the period (default: of the session or incident)' },
  { long: '--to', short: null, value: 'TIME', help: 'end of the period (default: of the session or incident)' },
  ALL_OPTION,
  {
    long: '--mask',
    short: null,
    value: null,
    help: 'mask private addresses and those of this machine and its network',
  },
  {
    long: '--mask-hops',
    short: null,
    value: 'N',
    help: `mask the first hops too, up to ${MOST_MASKED_HOPS} (default: 0)`,
  },
  { long: '--mask-address', short: null, value: 'ADDR', help: 'mask these addresses too, with commas between them' },
  HELP_OPTION,
];

/** Reads the arguments of `hopscope report`. */
export function readReportArguments(args: readonly string[]): Usage<ReportCommand | { readonly kind: 'help' }> {
  const line = parseLine(NAME, REPORT_OPTIONS, args);
  if (!line.ok) return line;
  const { options } = line.value;
  if (options.has('--help')) return accept({ kind: 'help' });
  const which = readWhich(NAME, line.value);
  if (!which.ok) return which;
  const output = options.get('--html');
  if (output === undefined || output.trim() === '') return refuse(`${NAME} needs a file to write: --html FILE.`);
  const mask = readMask(line.value);
  if (!mask.ok) return mask;
  const isReplacing = options.has('--overwrite');
  return accept({
    kind: 'report',
    ...which.value,
    mask: mask.value,
    output: output === '-' ? null : output,
    isReplacing,
  });
}

function readMask(line: ParsedLine): Usage<MaskOptions | null> {
  const firstHops = readWholeNumber(line, '--mask-hops', { from: 0, to: MOST_MASKED_HOPS, fallback: 0 });
  if (!firstHops.ok) return firstHops;
  const typed = line.options.get('--mask-address');
  const addresses = typed === undefined ? [] : typed.split(',').map((address) => address.trim());
  const wrong = addresses.find((address) => parseIpAddress(address) === null);
  if (wrong !== undefined) return refuse(`--mask-address must be numeric addresses, not ${quote(wrong)}.`);
  const ownAddresses = line.options.has('--mask');
  const isNothing = !ownAddresses && firstHops.value === 0 && addresses.length === 0;
  return accept(isNothing ? null : { ownAddresses, firstHops: firstHops.value, addresses });
}
