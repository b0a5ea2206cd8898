"""Writes the packets of an interface to standard output as a capture file with nanosecond times, as tcpdump would.

Usage: capture-packets.py INTERFACE, with the filter as `tcpdump -ddd` compiles it on standard input. Unlike tcpdump it
also starts as user 0 of a user namespace, where groups cannot be changed, and can say when it has read everything.

Says "listening on" once it listens. SIGUSR1: reads what is waiting and says how much was captured. SIGINT: ends.
"""
import ctypes
import select
import signal
import socket
import struct
import sys

ETH_P_ALL = 3
SO_ATTACH_FILTER = 26
SO_TIMESTAMPNS = 35
SO_RCVBUFFORCE = 33
PACKET_OUTGOING = 4
SOL_PACKET = 263
PACKET_STATISTICS = 6
SNAPSHOT_BYTES = 262144
RECEIVE_BUFFER_BYTES = 16 * 1024 * 1024

interface = sys.argv[1]
out = sys.stdout.buffer
captured = 0


def attach_filter(receiver):
    lines = sys.stdin.read().split("\n")[1:]
    steps = [struct.pack("=HBBI", *map(int, line.split())) for line in lines if line]
    program = ctypes.create_string_buffer(b"".join(steps))
    # struct sock_fprog: a count, padding, a pointer.
    receiver.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", len(steps), ctypes.addressof(program)))


def write_packets(receiver):
    global captured
    while True:
        try:
            packet, ancillary, _, address = receiver.recvmsg(SNAPSHOT_BYTES, 64, socket.MSG_DONTWAIT)
        except BlockingIOError:
            break
        # Loopback shows each packet twice, going out and coming in.
        if interface == "lo" and address[2] == PACKET_OUTGOING:
            continue
        seconds, nanoseconds = struct.unpack("ll", ancillary[0][2][:16])
        out.write(struct.pack("=IIII", seconds, nanoseconds, len(packet), len(packet)) + packet)
        captured += 1
    out.flush()


dropped = 0


def report(receiver):
    global dropped
    # Packets and drops since the last look.
    dropped += struct.unpack("=II", receiver.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1]
    print(f"{captured} packets captured, {dropped} packets dropped by kernel", file=sys.stderr, flush=True)


signal_reader, signal_writer = socket.socketpair()
signal_writer.setblocking(False)
signal.set_wakeup_fd(signal_writer.fileno())
for number in (signal.SIGUSR1, signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: None)

with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as receiver:
    attach_filter(receiver)
    receiver.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    try:
        receiver.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES)
    except PermissionError:
        # Only the machine's own root may go over its limit.
        receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
    receiver.bind((interface, ETH_P_ALL))
    out.write(struct.pack("=IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, SNAPSHOT_BYTES, 1))
    out.flush()
    print(f"listening on {interface}", file=sys.stderr, flush=True)
    is_ending = False
    while not is_ending:
        ready, _, _ = select.select([receiver, signal_reader], [], [])
        write_packets(receiver)
        if signal_reader in ready:
            for number in signal_reader.recv(64):
                if number == signal.SIGUSR1:
                    report(receiver)
                else:
                    is_ending = True
