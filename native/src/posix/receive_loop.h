#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <unordered_map>

#include "posix/poller.h"

namespace netdiag {

/// Something with a descriptor that the receive thread reads.
class Readable {
 public:
  virtual ~Readable() = default;
  [[nodiscard]] virtual int descriptor() const noexcept = 0;
  /// Reads what there is without blocking, errors included. Called on the receive thread.
  /// @returns whether to ask again at once: there was more than one turn may take.
  [[nodiscard]] virtual bool read_available() noexcept = 0;
};

/// The one receive thread of the process. It lives as long as somebody holds the loop.
class ReceiveLoop {
 public:
  /// The running loop, started when there is none. Callable on any thread but the receive thread.
  /// @throws std::system_error when the system gives no thread or no descriptor.
  [[nodiscard]] static std::shared_ptr<ReceiveLoop> shared();

  ReceiveLoop();
  /// Ends the thread and waits for it.
  ~ReceiveLoop();

  /// Has `readable` read whenever its descriptor is ready, until remove.
  [[nodiscard]] std::error_code add(Readable& readable);

  /// The readable is neither being read nor read again once this returns.
  void remove(Readable& readable) noexcept;

 private:
  void run() noexcept;
  [[nodiscard]] bool read_one(std::uint64_t token) noexcept;

  Poller poller_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::uint64_t, Readable*> readables_;
  std::uint64_t next_token_ = 1;
  const Readable* reading_ = nullptr;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace netdiag
