#include "tests/support/processes.h"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <netinet/in.h>
#include <random>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

#include "base/files.h"

namespace brokerage::support {
namespace {

constexpr int kFirstPort = 20'000;
constexpr int kLastPort = 32'000;
constexpr std::chrono::milliseconds kPause(5);

absl::Status Failed(absl::string_view what) {
  return absl::UnavailableError(absl::StrCat(what, ": ", std::strerror(errno)));
}

// Starts `argv` with the two files as its outputs. Between fork and exec only what is safe in a process that
// had threads.
absl::StatusOr<pid_t> Spawn(const std::vector<std::string>& argv, int output, int errors,
                            const std::string& folder) {
  std::vector<char*> pointers;
  for (const std::string& argument : argv) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return Failed("fork");
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    const int input = ::open("/dev/null", O_RDONLY);
    if (::dup2(input, 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(errors, 2) < 0) ::_exit(127);
    if (!folder.empty() && ::chdir(folder.c_str()) != 0) ::_exit(127);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  return pid;
}

// Whether 127.0.0.1:`port` can be listened at.
bool IsFree(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  // As gRPC does: connections of an earlier server that are not yet forgotten are no hindrance.
  const int yes = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool free = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return free;
}

// Takes `port` among the tests of this user until this process ends: the lock is the kernel's and goes with
// it.
bool Claim(int port) {
  const std::string folder = absl::StrCat("/tmp/brokerage-test-ports-", ::getuid());
  ::mkdir(folder.c_str(), 0700);
  const int fd = ::open(absl::StrCat(folder, "/", port).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
  ::close(fd);
  return false;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Process>> Process::Start(const std::vector<std::string>& argv,
                                                        const std::string& log, const std::string& folder) {
  const int out = ::open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  if (out < 0) return Failed(log);
  auto pid = Spawn(argv, out, out, folder);
  ::close(out);
  if (!pid.ok()) return pid.status();
  return std::unique_ptr<Process>(new Process(*pid));
}

Process::~Process() { Kill(); }

bool Process::Running() {
  if (ended_) return false;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return true;
  ended_ = true;
  if (WIFEXITED(status)) ending_.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ending_.signal = WTERMSIG(status);
  return false;
}

void Process::Signal(int signal) {
  if (Running()) ::kill(pid_, signal);
}

absl::StatusOr<Ending> Process::Wait(absl::Duration limit) {
  const absl::Time until = absl::Now() + limit;
  while (Running()) {
    if (absl::Now() >= until) return absl::DeadlineExceededError("the process still runs");
    std::this_thread::sleep_for(kPause);
  }
  return ending_;
}

absl::StatusOr<Ending> Process::Stop() {
  Signal(SIGTERM);
  return Wait();
}

void Process::Kill() {
  Signal(SIGKILL);
  Wait().IgnoreError();
}

absl::StatusOr<Outcome> RunProgram(const std::vector<std::string>& argv, absl::Duration limit) {
  const TemporaryFolder folder("run");
  const std::string output = folder.path() + "/output";
  const std::string errors = folder.path() + "/errors";
  const int out = ::open(output.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const int err = ::open(errors.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  auto pid = Spawn(argv, out, err, "");
  ::close(out);
  ::close(err);
  if (!pid.ok()) return pid.status();
  Process process(*pid);
  auto ending = process.Wait(limit);
  if (!ending.ok()) return ending.status();
  auto output_text = base::ReadFile(output);
  auto errors_text = base::ReadFile(errors);
  if (!output_text.ok()) return output_text.status();
  if (!errors_text.ok()) return errors_text.status();
  return Outcome{*ending, *std::move(output_text), *std::move(errors_text)};
}

int FreePorts(int count) {
  static auto& random = *new std::mt19937(std::random_device{}());
  std::uniform_int_distribution<int> any(kFirstPort, kLastPort - count);
  while (true) {
    const int first = any(random);
    int free = 0;
    while (free < count && Claim(first + free) && IsFree(first + free)) ++free;
    if (free == count) return first;
  }
}

TemporaryFolder::TemporaryFolder(absl::string_view name) {
  const char* top = std::getenv("TMPDIR");
  path_ = absl::StrCat(top == nullptr ? "/tmp" : top, "/brokerage-", name, "-XXXXXX");
  if (::mkdtemp(path_.data()) == nullptr) {
    std::perror(path_.c_str());
    std::abort();
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace brokerage::support
