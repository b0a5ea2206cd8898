/** One page of the reference: which exports it tells of, in this order. */
export interface Page {
  readonly file: string;
  readonly title: string;
  readonly opening: string;
  readonly names: readonly string[];
}

/** Every export of `hopscope/icmp` has its place here; one without a place stops the generator. */
export const PAGES: readonly Page[] = [
  {
    file: 'functions.md',
    title: 'Functions',
    opening: 'What most programs need: they open sockets, number requests and count answers by themselves.',
    names: [
      'ping',
      'PingOptions',
      'multiping',
      'MultipingOptions',
      'traceroute',
      'TracerouteOptions',
      'EchoOptions',
      'resolve',
      'isHostname',
      'isIpv4Address',
      'isIpv6Address',
      'PID',
    ],
  },
  {
    file: 'results.md',
    title: 'Results',
    opening: 'What `ping`, `multiping` and `traceroute` resolve with.',
    names: ['Host', 'Hop', 'HopResponder'],
  },
  {
    file: 'sockets.md',
    title: 'Sockets',
    opening:
      'One socket sends any number of requests, to any number of hosts, and gives each request its own answer. ' +
      'An `AsyncSocket` around it does so without blocking the event loop.',
    names: ['AsyncSocket', 'ReceiveOptions', 'ICMPv4Socket', 'ICMPv6Socket', 'ICMPSocket', 'ICMPSocketOptions'],
  },
  {
    file: 'messages.md',
    title: 'Messages',
    opening: 'What is sent, and what is received.',
    names: [
      'ICMPRequest',
      'ICMPRequestOptions',
      'ICMPReply',
      'ICMPReplyFields',
      'TimestampSource',
      'IcmpExtensions',
      'MplsLabel',
      'InterfaceInformation',
    ],
  },
  {
    file: 'errors.md',
    title: 'Errors',
    opening:
      'Told apart by their class, never by their message. Arguments that cannot be what they are for throw ' +
      'JavaScript’s own TypeError or RangeError.',
    names: [
      'ICMPLibError',
      'NameLookupError',
      'ICMPSocketError',
      'SocketPermissionError',
      'SocketAddressError',
      'SocketBroadcastError',
      'SocketUnavailableError',
      'TimeoutExceeded',
      'ICMPError',
      'DestinationUnreachable',
      'ICMPv4DestinationUnreachable',
      'ICMPv6DestinationUnreachable',
      'TimeExceeded',
      'ICMPv4TimeExceeded',
      'ICMPv6TimeExceeded',
    ],
  },
];
