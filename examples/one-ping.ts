// One echo request, with every way it can end.
//   node examples/one-ping.ts [ADDRESS]
import {
  DestinationUnreachable,
  ICMPLibError,
  ICMPRequest,
  ICMPv4Socket,
  PID,
  TimeExceeded,
  TimeoutExceeded,
} from 'hopscope/icmp';

function onePing(address: string, timeout = 2, id = PID): void {
  // Create an ICMP socket. Leaving this function closes it.
  using socket = new ICMPv4Socket();

  // Create an ICMP request.
  // See the 'ICMPRequest' class for details.
  const request = new ICMPRequest(address, id, 1);

  try {
    socket.send(request);

    // If the program arrives in this section, it means that the
    // packet has been transmitted.

    const reply = socket.receive(request, timeout);

    // If the program arrives in this section, it means that a
    // packet has been received. The reply has the same identifier
    // and sequence number as the request, but it can come from
    // an intermediate gateway.

    reply.raiseForStatus();

    // If the program arrives in this section, it means that the
    // destination host has responded to the request.
  } catch (error) {
    if (error instanceof TimeoutExceeded) {
      // The timeout has been reached
      console.log(error.message);
    } else if (error instanceof DestinationUnreachable) {
      // The reply indicates that the destination host is unreachable
      console.log(error.message);
    } else if (error instanceof TimeExceeded) {
      // The reply indicates that the time to live exceeded in transit
      console.log(error.message);
    } else if (error instanceof ICMPLibError) {
      // All other errors
      console.log(error.message);
    } else {
      throw error;
    }
  }
}

onePing(process.argv[2] ?? '1.1.1.1');
