import { parseIpAddress } from './ip-address.ts';
import type { NumberRange, SettingKey, Settings } from './settings.ts';

/** What the schema of settings cannot say: what fits together, and the sentences for what does not. */

/** Why these settings cannot be, and whose fault it is; null when they can. */
export function conflictIn(settings: Settings): { readonly key: SettingKey; readonly sentence: string } | null {
  const { goodUntilMs, warnUntilMs, warnLossPercent, badLossPercent } = settings;
  if (goodUntilMs >= warnUntilMs) {
    return {
      key: 'warnUntilMs',
      sentence: `Good ends at ${goodUntilMs} ms, so bad must begin above that, not at ${warnUntilMs} ms.`,
    };
  }
  if (warnLossPercent > badLossPercent) {
    return {
      key: 'badLossPercent',
      sentence: `Trouble begins at ${warnLossPercent} % of loss, so bad cannot begin at ${badLossPercent} % already.`,
    };
  }
  for (const [key, family] of [
    ['selfTestIpv4', 4],
    ['selfTestIpv6', 6],
  ] as const) {
    if (parseIpAddress(settings[key])?.family !== family) {
      return { key, sentence: `“${settings[key]}” is not an IPv${family} address.` };
    }
  }
  return null;
}

/** What a number may be, in words: `a whole number from 1 to 64`. */
export function rangeWords({ from, to, isWhole }: NumberRange): string {
  return `${isWhole ? 'a whole number' : 'a number'} from ${from.toLocaleString('en')} to ${to.toLocaleString('en')}`;
}
