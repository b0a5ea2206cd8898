// A link that takes its time: joins two new TAP interfaces and hands every frame over when its delay has passed.
//
//   delay-link HERE NAMESPACE THERE MICROSECONDS
//
// makes the interface HERE in the namespace of the caller and THERE in the one that the file NAMESPACE stands for, says
// "ready", and lasts until its standard input ends. The kernel's own way, the netem discipline, is a module that many
// machines do not have.

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <iostream>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

/// Frames on their way in one direction; beyond that they are dropped, as by any full queue, and it is said.
constexpr std::size_t kQueueLimit = 100'000;
constexpr std::size_t kFrameBytes = 65'536;

[[noreturn]] void fail(const char* what) {
  std::cerr << "delay-link: " << what << ": " << std::strerror(errno) << '\n';
  std::exit(1);
}

int open_tap(const char* name) {
  const int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) fail("/dev/net/tun");
  ifreq request{};
  request.ifr_flags = IFF_TAP | IFF_NO_PI;
  std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(fd, TUNSETIFF, &request) < 0) fail("TUNSETIFF");
  return fd;
}

struct Frame {
  Clock::time_point due;
  std::vector<std::byte> bytes;
};

/// One direction. The delay is the same for all, so the frames leave in the order in which they came.
class Direction {
 public:
  Direction(int from, int to, Clock::duration delay) : from_(from), to_(to), delay_(delay) {}

  void take_in() {
    for (;;) {
      const ssize_t length = read(from_, buffer_.data(), buffer_.size());
      if (length <= 0) return;
      if (frames_.size() >= kQueueLimit) {
        std::cerr << "delay-link: the queue is full, a frame is dropped\n";
        continue;
      }
      frames_.push_back({Clock::now() + delay_, {buffer_.data(), buffer_.data() + length}});
    }
  }

  void hand_over() {
    while (!frames_.empty() && frames_.front().due <= Clock::now()) {
      // An interface that is not up yet refuses the frame: lost, as on any link.
      [[maybe_unused]] const ssize_t written = write(to_, frames_.front().bytes.data(), frames_.front().bytes.size());
      frames_.pop_front();
    }
  }

  [[nodiscard]] Clock::time_point next() const { return frames_.empty() ? Clock::time_point::max() : frames_.front().due; }

 private:
  int from_;
  int to_;
  Clock::duration delay_;
  std::array<std::byte, kFrameBytes> buffer_{};
  std::deque<Frame> frames_;
};

timespec until(Clock::time_point due) {
  const auto left = std::max(Clock::duration::zero(), due - Clock::now());
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  return {.tv_sec = seconds.count(), .tv_nsec = std::chrono::nanoseconds(left - seconds).count()};
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    std::cerr << "usage: delay-link HERE NAMESPACE THERE MICROSECONDS\n";
    return 2;
  }
  const int here = open_tap(words[1]);
  const int space = open(words[2], O_RDONLY | O_CLOEXEC);
  if (space < 0 || setns(space, CLONE_NEWNET) < 0) fail(words[2]);
  const int there = open_tap(words[3]);
  const std::chrono::microseconds delay(std::atoi(words[4]));
  // To the microsecond, as far as we may: a late hand-over is a longer link.
  prctl(PR_SET_TIMERSLACK, 1UL);
  const sched_param priority{.sched_priority = 1};
  [[maybe_unused]] const int refused = sched_setscheduler(0, SCHED_FIFO, &priority);

  Direction out(here, there, delay);
  Direction back(there, here, delay);
  std::cout << "ready" << std::endl;
  for (;;) {
    std::array<pollfd, 3> watched{{{here, POLLIN, 0}, {there, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
    const Clock::time_point due = std::min(out.next(), back.next());
    const timespec left = until(due);
    if (ppoll(watched.data(), watched.size(), due == Clock::time_point::max() ? nullptr : &left, nullptr) < 0 &&
        errno != EINTR)
      fail("ppoll");
    out.take_in();
    back.take_in();
    out.hand_over();
    back.hand_over();
    char ignored = 0;
    if (watched[2].revents != 0 && read(STDIN_FILENO, &ignored, 1) <= 0) return 0;
  }
}
