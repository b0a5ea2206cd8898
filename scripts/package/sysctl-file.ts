/** Where packages put the file, out of reach of the system until somebody copies it: removing a package leaves that copy. */
const SYSCTL_FILE = '/usr/share/hopscope/90-hopscope.conf';

/** Lets every group send echo requests, as systemd sets it where it does; the same line as in the doctor's cure. */
const SYSCTL_LINE = `net.ipv4.ping_group_range="0 2147483647"`;

/** What puts it in place: the first at every start to come, the second now. */
export const SYSCTL_COMMANDS: readonly string[] = [
  `sudo install -D -m 644 ${SYSCTL_FILE} -t /etc/sysctl.d`,
  `sudo sysctl -w ${SYSCTL_LINE}`,
];

/** The file of sysctl.d that lets every account send echo requests. */
export function sysctlFile(): string {
  return `# Lets every account of this machine send ICMP echo requests without further rights, over IPv4 and IPv6.
# It has no effect here. To put it in place, now and for every start to come:
${SYSCTL_COMMANDS.map((line) => `#   ${line}`).join('\n')}
net.ipv4.ping_group_range = 0 2147483647
`;
}
