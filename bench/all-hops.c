// The yardstick of trace-span.ts: one echo request with each hop limit from 1 to HOPS, all at once, then whatever comes
// back. As fast as a trace can be, and as bare.
//
//   all-hops DESTINATION HOPS
//
// It ends when every request is answered, or when twice the longest round trip so far has passed without the rest,
// which is a second when nothing came at all. It prints the hop limit, the responder and the round trip in ms of each
// answer. IPv4; needs CAP_NET_RAW.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HOP_LIMIT_MAX = 255, ICMP_BYTES = 64, ECHO_REPLY = 0, ECHO_REQUEST = 8, TIME_EXCEEDED = 11 };

static double now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static uint16_t checksum(const uint8_t* bytes, size_t length) {
  uint32_t sum = 0;
  for (size_t at = 0; at < length; at += 2) sum += (uint32_t)bytes[at] << 8 | bytes[at + 1];
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return (uint16_t)~sum;
}

static void send_request(int fd, const struct sockaddr_in* to, uint16_t identifier, int hop_limit) {
  uint8_t icmp[ICMP_BYTES] = {ECHO_REQUEST};
  icmp[4] = (uint8_t)(identifier >> 8);
  icmp[5] = (uint8_t)identifier;
  icmp[7] = (uint8_t)hop_limit;
  const uint16_t sum = checksum(icmp, sizeof icmp);
  icmp[2] = (uint8_t)(sum >> 8);
  icmp[3] = (uint8_t)sum;
  if (setsockopt(fd, IPPROTO_IP, IP_TTL, &hop_limit, sizeof hop_limit) < 0) perror("IP_TTL");
  if (sendto(fd, icmp, sizeof icmp, 0, (const struct sockaddr*)to, sizeof *to) < 0) perror("sendto");
}

/// The hop limit of the request that this packet answers, or 0.
static int answered_hop_limit(const uint8_t* packet, size_t length, uint16_t identifier) {
  size_t at = (size_t)(packet[0] & 15) * 4;
  if (length < at + 8) return 0;
  if (packet[at] == TIME_EXCEEDED) {
    at += 8;
    if (length < at + 20) return 0;
    at += (size_t)(packet[at] & 15) * 4;
    if (length < at + 8 || packet[at] != ECHO_REQUEST) return 0;
  } else if (packet[at] != ECHO_REPLY) {
    return 0;
  }
  return (packet[at + 4] << 8 | packet[at + 5]) == identifier ? packet[at + 7] : 0;
}

int main(int count, char** words) {
  struct sockaddr_in to = {.sin_family = AF_INET};
  const int hops = count == 3 ? atoi(words[2]) : 0;
  if (hops < 1 || hops > HOP_LIMIT_MAX || inet_pton(AF_INET, words[1], &to.sin_addr) != 1) {
    fprintf(stderr, "usage: all-hops DESTINATION HOPS\n");
    return 2;
  }
  const int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
  if (fd < 0) {
    perror("socket");
    return 1;
  }
  const uint16_t identifier = (uint16_t)getpid();
  const double started = now_ms();
  for (int hop_limit = 1; hop_limit <= hops; hop_limit++) send_request(fd, &to, identifier, hop_limit);
  int is_answered[HOP_LIMIT_MAX + 1] = {0};
  int open_requests = hops;
  double end = started + 1e3;
  while (open_requests > 0) {
    struct pollfd watched = {.fd = fd, .events = POLLIN};
    const double left = end - now_ms();
    if (left <= 0 || poll(&watched, 1, (int)left + 1) <= 0) break;
    uint8_t packet[2048];
    struct sockaddr_in from;
    socklen_t from_length = sizeof from;
    const ssize_t length = recvfrom(fd, packet, sizeof packet, 0, (struct sockaddr*)&from, &from_length);
    const double passed = now_ms() - started;
    const int hop_limit = length < 20 ? 0 : answered_hop_limit(packet, (size_t)length, identifier);
    if (hop_limit == 0 || is_answered[hop_limit]) continue;
    is_answered[hop_limit] = 1;
    open_requests--;
    end = started + 2 * passed;
    char text[INET_ADDRSTRLEN];
    printf("%d %s %.3f\n", hop_limit, inet_ntop(AF_INET, &from.sin_addr, text, sizeof text), passed);
  }
  close(fd);
  return 0;
}
