import type { Cure, Explanation } from './explanation.ts';
import type { Failure } from './failure.ts';
import type { Platform } from './system.ts';

type NotPermitted = Extract<Failure, { code: 'icmp-not-permitted' }>;

/** The range that lets every group send echo requests, as systemd sets it where it does. */
const EVERY_GROUP = '0 2147483647';

/** The words for `icmp-not-permitted`; the cure depends on the platform and on what the system said to each rung of the ladder. */
export function describeNotPermitted({ attempts }: NotPermitted, platform: Platform): Explanation {
  const title = 'Not permitted to send ICMP';
  const tried = attempts.map(({ transport, osCode }) => `${transportWords(transport)} (${osCode})`).join(' and ');
  const sentence =
    tried === ''
      ? 'This account may not send echo requests.'
      : `This account may not send echo requests. The system refused ${tried}.`;
  switch (platform) {
    case 'linux':
      return { title, sentence, cure: linuxPermissionCure(attempts) };
    case 'darwin':
      return {
        title,
        sentence,
        cure: {
          sentence: 'macOS lets every account do this; a sandbox or security software is in the way.',
          command: null,
        },
      };
    case 'win32':
      return {
        title,
        sentence,
        cure: { sentence: 'Windows lets every account do this; security software is in the way.', command: null },
      };
    case 'other':
      return { title, sentence, cure: { sentence: 'Start Hopscope as an administrator.', command: null } };
  }
}

function linuxPermissionCure(attempts: NotPermitted['attempts']): Cure {
  const dgram = attempts.find(({ transport }) => transport === 'dgram');
  if (dgram === undefined) {
    return {
      sentence:
        'Raw sockets need root or CAP_NET_RAW. Start Hopscope with sudo, or let the Node.js of this terminal open them with the line below; it then holds for every program which that Node.js runs.',
      command: 'sudo setcap cap_net_raw+ep "$(readlink -f "$(command -v node)")"',
    };
  }
  if (dgram.pingGroupRange?.trim().replace(/\s+/, ' ') === EVERY_GROUP) {
    return {
      sentence:
        'Every group may send echo requests here, so a container or a sandbox is in the way. Allow ICMP sockets in its settings.',
      command: null,
    };
  }
  return {
    sentence:
      'Let accounts send echo requests, as most distributions do: the first line works at once, the second keeps it after a restart. Then try again.',
    command: [
      `sudo sysctl -w net.ipv4.ping_group_range="${EVERY_GROUP}"`,
      `echo 'net.ipv4.ping_group_range = ${EVERY_GROUP}' | sudo tee /etc/sysctl.d/90-hopscope.conf`,
    ].join('\n'),
  };
}

function transportWords(transport: NotPermitted['attempts'][number]['transport']): string {
  switch (transport) {
    case 'dgram':
      return 'an unprivileged ICMP socket';
    case 'raw':
      return 'a raw socket';
    case 'echo-api':
      return 'the echo interface';
  }
}
