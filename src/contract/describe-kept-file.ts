import { cureWithCommand } from './diagnostic-commands.ts';
import type { Cure, Explanation } from './explanation.ts';
import type { Failure, Kept } from './failure.ts';
import type { Platform } from './system.ts';

type KeptFileFailure = Extract<Failure, { code: 'file-not-read' | 'file-not-written' }>;

/** What each file holds, what is done without it, and what a person changes to have it written again. */
const WORDS: Readonly<Record<Kept, { unread: string; instead: string; unwritten: string; change: string }>> = {
  settings: {
    unread: 'Settings could not be read',
    instead: 'the defaults are used',
    unwritten: 'Settings are not being kept',
    change: 'a setting',
  },
  targets: {
    unread: 'Targets of last time could not be read',
    instead: 'the list of targets begins empty',
    unwritten: 'Targets are not being kept',
    change: 'a setting',
  },
  'flight-targets': {
    unread: 'What the flight recorder records could not be read',
    instead: 'it records nothing',
    unwritten: 'What the flight recorder records is not being kept',
    change: 'what it records',
  },
  'alert-rules': {
    unread: 'Rules of alerts could not be read',
    instead: 'there are no rules, and nothing raises an alert',
    unwritten: 'Rules of alerts are not being kept',
    change: 'a rule',
  },
  'alert-history': {
    unread: 'Alerts of the past could not be read',
    instead: 'their list begins empty',
    unwritten: 'Alerts are not being kept',
    change: 'a rule',
  },
  'alert-baselines': {
    unread: 'What is usual for each hour could not be read',
    instead: 'it is learned anew',
    unwritten: 'What is usual for each hour is not being kept',
    change: 'a rule',
  },
};

/** The words for a file that failed. */
export function describeFile(
  failure: KeptFileFailure | Extract<Failure, { code: 'file-refused' }>,
  platform: Platform,
): Explanation {
  return failure.code === 'file-refused' ? describeRefusedFile(failure) : describeKeptFile(failure, platform);
}

/** The words for a file of settings, targets or alerts that cannot be read or written. The program goes on without it. */
function describeKeptFile(failure: KeptFileFailure, platform: Platform): Explanation {
  const { path, holds } = failure;
  switch (failure.code) {
    case 'file-not-read':
      return {
        title: WORDS[holds].unread,
        sentence: `${
          failure.osCode === null
            ? `What is in ${path} cannot be understood (it is not the JSON that Hopscope writes)`
            : `The system refused to read ${path} (${failure.osCode})`
        }, so ${WORDS[holds].instead}.`,
        cure:
          failure.keptAs === null
            ? accessCure(
                'Let your account read and write this file and its folder, then start Hopscope again.',
                path,
                platform,
              )
            : {
                sentence: `Nothing is lost: the file is now ${failure.keptAs}. To go back to it, mend it, put it in its old place while Hopscope is not running, and start again.`,
                command: null,
              },
      };
    case 'file-not-written':
      return {
        title: WORDS[holds].unwritten,
        sentence: `${path} could not be written (${failure.osCode}). What you change holds, but only until Hopscope ends.`,
        cure: writeCure(failure, platform),
      };
  }
}

/** The system's names of errors are an open set. */
function writeCure(failure: Extract<Failure, { code: 'file-not-written' }>, platform: Platform): Cure {
  const { osCode, path, holds } = failure;
  const { change } = WORDS[holds];
  switch (osCode) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        sentence: `The disk or your share of it is full. Make room, then change ${change} again.`,
        command: null,
      };
    case 'EROFS':
      return {
        sentence:
          'The file system is mounted read-only. Start Hopscope with HOPSCOPE_CONFIG_DIR naming a folder that can be written.',
        command: null,
      };
    default:
      return accessCure(
        `Let your account write this file and its folder, then change ${change} again.`,
        path,
        platform,
      );
  }
}

function accessCure(advice: string, path: string, platform: Platform): Cure {
  const folder = path.replace(/[/\\][^/\\]*$/, '');
  switch (platform) {
    case 'linux':
    case 'darwin':
      return cureWithCommand(advice, 'This shows who may:', `ls -la ${quoted(folder)}`);
    case 'win32':
      return cureWithCommand(advice, 'This shows who may:', `icacls "${folder}"`);
    case 'other':
      return cureWithCommand(advice, '', null);
  }
}

/** A path as one word of a POSIX shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** The words for a file that was not imported. */
function describeRefusedFile({ place, reason }: Extract<Failure, { code: 'file-refused' }>): Explanation {
  return {
    title: 'Not imported',
    sentence: `Nothing of the file was imported, because ${place} ${reason}.`,
    cure: {
      sentence:
        'Import what “hopscope sessions export” wrote as JSON, or a log of ping or fping with times and addresses (ping -D, fping -D -A).',
      command: null,
    },
  };
}
