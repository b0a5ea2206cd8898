#include "windows/windows_headers.h"

#include "windows/echo_waiters.h"

#include <bit>
#include <cerrno>
#include <new>
#include <system_error>
#include <thread>

#include "core/clocks.h"

namespace netdiag {
namespace {

/// Keeps the addon in memory: its threads run until the process ends.
void stay_loaded() noexcept {
  HMODULE module = nullptr;
  ::GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                       reinterpret_cast<LPCWSTR>(&stay_loaded), &module);
}

}  // namespace

EchoWaiters::Waiter::~Waiter() {
  for (void* const event : events) {
    if (event != nullptr) {
      ::CloseHandle(event);
    }
  }
}

EchoWaiters& EchoWaiters::shared() {
  // Never destroyed, since its threads are not either.
  static EchoWaiters& waiters = *std::make_unique<EchoWaiters>().release();
  return waiters;
}

int EchoWaiters::start(const EchoSender& sender, const SendRecord& record, std::span<const std::byte> icmp,
                       ClockReading& departure) noexcept {
  const std::optional<Place> place = acquire();
  if (!place) {
    return ENOBUFS;
  }
  Waiter& waiter = *waiters_[place->waiter];
  const int error = waiter.requests[place->index].start(sender, record, icmp, waiter.events[place->index], departure);
  if (error != 0) {
    release(*place);
  }
  return error;
}

std::optional<EchoWaiters::Place> EchoWaiters::acquire() noexcept {
  const std::lock_guard lock(mutex_);
  for (std::size_t waiter = 0; waiter < kThreads; ++waiter) {
    if (waiter == waiters_.size() && !add_waiter()) {
      return std::nullopt;
    }
    if (free_[waiter] != 0) {
      const int index = std::countr_zero(free_[waiter]);
      free_[waiter] &= ~(std::uint64_t{1} << index);
      return Place{waiter, static_cast<std::size_t>(index)};
    }
  }
  return std::nullopt;
}

void EchoWaiters::release(Place place) noexcept {
  const std::lock_guard lock(mutex_);
  free_[place.waiter] |= std::uint64_t{1} << place.index;
}

bool EchoWaiters::add_waiter() noexcept {
  try {
    waiters_.reserve(kThreads);
    auto made = std::make_unique<Waiter>();
    for (void*& event : made->events) {
      // Reset by the wait that notices it.
      event = ::CreateEventW(nullptr, FALSE, FALSE, nullptr);
      if (event == nullptr) {
        return false;
      }
    }
    stay_loaded();
    // The thread first needs the lock, which is held here until the waiter is in its place; there is room for it.
    std::thread([this, waiter = waiters_.size()] { run(waiter); }).detach();
    waiters_.push_back(std::move(made));
  } catch (const std::system_error&) {
    return false;
  } catch (const std::bad_alloc&) {
    return false;
  }
  free_[waiters_.size() - 1] = (std::uint64_t{1} << kPlaces) - 1;
  return true;
}

void EchoWaiters::run(std::size_t waiter_index) noexcept {
  // The end of a round trip is the moment at which this thread runs again.
  ::SetThreadPriority(::GetCurrentThread(), THREAD_PRIORITY_TIME_CRITICAL);
  Waiter* waiter = nullptr;
  {
    const std::lock_guard lock(mutex_);
    waiter = waiters_[waiter_index].get();
  }
  for (;;) {
    const DWORD signalled =
        ::WaitForMultipleObjects(static_cast<DWORD>(kPlaces), waiter->events.data(), FALSE, INFINITE);
    const ClockReading woken = read_clocks();
    const std::size_t index = signalled - WAIT_OBJECT_0;
    if (index >= kPlaces) {
      // Cannot be: the handles are ours and stay open.
      return;
    }
    waiter->requests[index].finish(woken);
    release({waiter_index, index});
  }
}

}  // namespace netdiag
