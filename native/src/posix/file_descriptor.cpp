#include "posix/file_descriptor.h"

#include <unistd.h>

namespace netdiag {

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  // The temporary takes the old descriptor with it.
  FileDescriptor taken(std::move(other));
  std::swap(fd_, taken.fd_);
  return *this;
}

FileDescriptor::~FileDescriptor() {
  // Not repeated on EINTR: the descriptor is gone by then, and its number may already be another thread's.
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

}  // namespace netdiag
