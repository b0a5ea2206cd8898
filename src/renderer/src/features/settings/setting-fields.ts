import {
  type NumberRange,
  type NumberSetting,
  SETTING_RANGES,
  type SettingKey,
  type Settings,
} from '../../../../contract/settings.ts';
import { conflictIn, rangeWords } from '../../../../contract/settings-rules.ts';

/** Every setting in words, in the order in which they are shown. */

interface Words {
  readonly label: string;
  /** One line on what it does. */
  readonly explanation: string;
  /** From when a change holds, where that is not at once. */
  readonly holds: string | null;
}

type KeysOf<T> = { readonly [K in SettingKey]: Settings[K] extends T ? K : never }[SettingKey];

export type SettingField = Words &
  (
    | { readonly kind: 'switch'; readonly key: KeysOf<boolean> }
    | { readonly kind: 'number'; readonly key: NumberSetting; readonly unit: string; readonly range: NumberRange }
    | { readonly kind: 'address'; readonly key: 'selfTestIpv4' | 'selfTestIpv6' }
    | {
        readonly kind: 'choice';
        readonly key: 'theme' | 'motion' | 'preferredFamily';
        readonly choices: readonly { readonly value: string; readonly label: string }[];
      }
  );

export interface SettingGroup {
  readonly title: string;
  readonly fields: readonly SettingField[];
}

const NEW_TARGETS = 'For targets added from now on.';

const toggle = (
  key: KeysOf<boolean>,
  label: string,
  explanation: string,
  holds: string | null = null,
): SettingField => ({ kind: 'switch', key, label, explanation, holds });

const number = (
  key: NumberSetting,
  label: string,
  unit: string,
  explanation: string,
  holds: string | null = null,
): SettingField => ({ kind: 'number', key, label, unit, explanation, holds, range: SETTING_RANGES[key] });

export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    title: 'Appearance',
    fields: [
      {
        kind: 'choice',
        key: 'theme',
        label: 'Theme',
        explanation: 'Light, dark, or whatever the system says.',
        holds: null,
        choices: [
          { value: 'system', label: 'System' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ],
      },
      {
        kind: 'choice',
        key: 'motion',
        label: 'Motion',
        explanation: 'Reduced: nothing slides or fades, whatever the system says.',
        holds: null,
        choices: [
          { value: 'system', label: 'System' },
          { value: 'reduced', label: 'Reduced' },
        ],
      },
      toggle('shortcuts', 'Single-key shortcuts', 'Off for who speaks to the computer: a word would press keys.'),
      toggle(
        'notifications',
        'Notifications',
        'Whether the desktop app may notify you when a target gets into trouble.',
      ),
      toggle(
        'updates',
        'Look for updates',
        'Whether the installed desktop app asks once a day for a newer version. It downloads none unless you say so.',
      ),
    ],
  },
  {
    title: 'Probing',
    fields: [
      number('intervalMs', 'Interval', 'ms', 'Time from one round of probes to the next.', NEW_TARGETS),
      number(
        'timeoutMs',
        'Timeout',
        'ms',
        'A probe without an answer by then counts as lost, until one comes after all: then it is late.',
        NEW_TARGETS,
      ),
      number('payloadBytes', 'Payload', 'bytes', 'Data in each probe, after the ICMP header.', NEW_TARGETS),
      number('maxHops', 'Most hops', 'hops', 'A path is followed no further than this.', NEW_TARGETS),
      {
        kind: 'choice',
        key: 'preferredFamily',
        label: 'Preferred family',
        explanation: 'Which address is taken of a name that has both. Either: IPv4 first.',
        holds: 'For names looked up from now on.',
        choices: [
          { value: 'either', label: 'Either' },
          { value: 'ipv4', label: 'IPv4' },
          { value: 'ipv6', label: 'IPv6' },
        ],
      },
      number(
        'probesPerSecond',
        'Budget',
        'probes/s',
        'All targets together send no more than this; where it is not enough, rounds come later.',
      ),
    ],
  },
  {
    title: 'Names',
    fields: [
      toggle(
        'reverseDns',
        'Names of hops',
        'Asks your name server for the name of each address on a path.',
        NEW_TARGETS,
      ),
      toggle(
        'asn',
        'Networks of hops (ASN)',
        'Whose network each hop is in. Asks Team Cymru’s public DNS service (cymru.com), which so learns the addresses on your paths, and which name server asked for you.',
        NEW_TARGETS,
      ),
    ],
  },
  {
    title: 'What counts as good and bad',
    fields: [
      number(
        'goodUntilMs',
        'Round trip: good below',
        'ms',
        'Round trips below this are good: the first zone of the range graphics.',
      ),
      number(
        'warnUntilMs',
        'Round trip: bad above',
        'ms',
        'Round trips above this are bad: the last zone. A target of which most are is slow. Verdicts have rules of their own.',
      ),
      number(
        'warnLossPercent',
        'Loss: trouble above',
        '% loss',
        'A target that loses more than this is shown as in trouble.',
      ),
      number(
        'badLossPercent',
        'Loss: bad above',
        '% loss',
        'A target that loses more than this is shown as bad; 100 for never.',
      ),
    ],
  },
  {
    title: 'Sessions',
    fields: [
      toggle(
        'keepSessions',
        'Record paths to disk',
        'What paths measure is kept as sessions on this machine only, in sessions.sqlite (Linux: ~/.local/share/hopscope, macOS: ~/Library/Application Support/Hopscope, Windows: %LOCALAPPDATA%\\Hopscope, or $HOPSCOPE_DATA_DIR); “hopscope sessions list” lists them. Off: nothing new is recorded, at once; what was recorded stays.',
        'On: for targets added from now on.',
      ),
      number(
        'keepSessionsDays',
        'Sessions: keep for',
        'days',
        'Those whose end is longer ago are deleted, at once and then hourly; pinned ones stay.',
      ),
      number(
        'keepSessionsMb',
        'Sessions: keep at most',
        'MB',
        'When all take more, the oldest are deleted, at once and then hourly; pinned ones stay.',
      ),
    ],
  },
  {
    title: 'Flight recorder',
    fields: [
      number(
        'flightIntervalMs',
        'Flight recorder: a round each',
        'ms',
        'While all is well. When something goes wrong it is a round a second, whatever stands here.',
        'For targets recorded from now on, and from the next start.',
      ),
      number(
        'flightMb',
        'Flight recorder: keep at most',
        'MB',
        'When it takes more, what was recorded at rest is deleted first, the oldest of it; then the oldest incidents. Pinned ones stay and do not count.',
      ),
    ],
  },
  {
    title: 'Start and self-test',
    fields: [
      toggle(
        'startWithLastTargets',
        'Start with the targets of last time',
        'What is watched is watched again at the next start, paused where it was. Off: it is forgotten at the end.',
        'From the next start.',
      ),
      {
        kind: 'address',
        key: 'selfTestIpv4',
        label: 'Self-test towards, IPv4',
        explanation:
          'The doctor’s self-test sends probes towards this address that end at the second to fourth hop. The default is a root name server (k.root-servers.net).',
        holds: null,
      },
      {
        kind: 'address',
        key: 'selfTestIpv6',
        label: 'Self-test towards, IPv6',
        explanation: 'The same over IPv6.',
        holds: null,
      },
    ],
  },
];

/** The groups with only those fields that all the words of a search occur in; groups without any are left out. */
export function findSettings(search: string): readonly SettingGroup[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return SETTING_GROUPS.map(({ title, fields }) => ({
    title,
    fields: fields.filter((field) => {
      const text = [title, field.label, field.explanation, field.key].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    }),
  })).filter(({ fields }) => fields.length > 0);
}

export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** What was typed into a field of a number: `1,000` and `1000` are the same. */
export function readNumber(typed: string, range: NumberRange, unit: string): Reading<number> {
  const text = typed.trim().replace(/(?<=\d),(?=\d{3}(?:\D|$))/g, '');
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const { from, to, isWhole } = range;
  if (Number.isNaN(value) || value < from || value > to || (isWhole && !Number.isInteger(value))) {
    const what = typed.trim() === '' ? 'Nothing was typed' : `“${typed.trim()}” is not allowed`;
    return { ok: false, problem: `${what}. Allowed is ${rangeWords(range)} ${unit}.` };
  }
  return { ok: true, value };
}

/** Why a value cannot be beside the other settings; null when it can. */
export function problemWith(settings: Settings, key: SettingKey, value: Settings[SettingKey]): string | null {
  return conflictIn({ ...settings, [key]: value })?.sentence ?? null;
}

/** A value in the words of its field: `1,000 ms`, `on`, `Dark`. */
export function valueWords(field: SettingField, settings: Settings): string {
  switch (field.kind) {
    case 'switch':
      return settings[field.key] ? 'on' : 'off';
    case 'number':
      return `${settings[field.key].toLocaleString('en')} ${field.unit}`;
    case 'address':
      return settings[field.key];
    case 'choice':
      return field.choices.find(({ value }) => value === settings[field.key])?.label ?? settings[field.key];
  }
}
