// Four echo requests, each told about.
//   node examples/verbose-ping.ts [ADDRESS]
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ICMPError,
  ICMPLibError,
  ICMPRequest,
  ICMPv4Socket,
  ICMPv6Socket,
  isIpv6Address,
  PID,
  TimeoutExceeded,
} from 'hopscope/icmp';

async function verbosePing(address: string, count = 4, interval = 1, timeout = 2, id = PID): Promise<void> {
  // A payload of 56 bytes is used by default. You can modify it using
  // the 'payloadSize' parameter of your ICMP request.
  console.log(`PING ${address}: 56 data bytes\n`);

  // We detect the socket to use from the specified IP address
  using socket = isIpv6Address(address) ? new ICMPv6Socket() : new ICMPv4Socket();

  for (let sequence = 0; sequence < count; sequence++) {
    // We create an ICMP request
    const request = new ICMPRequest(address, id, sequence);

    try {
      // We send the request
      socket.send(request);

      // We are awaiting receipt of an ICMP reply
      const reply = socket.receive(request, timeout);

      // We received a reply
      // We display some information
      process.stdout.write(`  ${reply.bytesReceived} bytes from ${reply.source}: `);

      // We throw an exception if it is an ICMP error message
      reply.raiseForStatus();

      // We calculate the round-trip time and we display it
      const roundTripTime = (reply.time - request.time) * 1000;

      console.log(`icmp_seq=${sequence} time=${Number(roundTripTime.toFixed(3))} ms`);

      // We wait before continuing
      if (sequence < count - 1) await sleep(interval * 1000);
    } catch (error) {
      if (error instanceof TimeoutExceeded) {
        // The timeout has been reached
        console.log(`  Request timeout for icmp_seq ${sequence}`);
      } else if (error instanceof ICMPError) {
        // An ICMP error message has been received
        console.log(error.message);
      } else if (error instanceof ICMPLibError) {
        // All other errors
        console.log('  An error has occurred.');
      } else {
        throw error;
      }
    }
  }

  console.log('\nCompleted.');
}

await verbosePing(process.argv[2] ?? '1.1.1.1');

// PING 1.1.1.1: 56 data bytes
//
//   64 bytes from 1.1.1.1: icmp_seq=0 time=12.061 ms
//   64 bytes from 1.1.1.1: icmp_seq=1 time=12.597 ms
//   64 bytes from 1.1.1.1: icmp_seq=2 time=12.475 ms
//   64 bytes from 1.1.1.1: icmp_seq=3 time=10.822 ms
//
// Completed.
