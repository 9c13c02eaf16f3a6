#include "bench/endtoend/process.h"

#include <filesystem>
#include <sched.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace brokerage::bench {
namespace {

constexpr char kFailed[] = "failed:";

// In the child: tells the addresses, or why there are none, and serves until the parent is done with it.
int Serve(const ServerProcess::Starter& start, int core, int tell, int stop) {
  const auto serving = start();
  const std::string told = serving.ok() ? absl::StrCat(absl::StrJoin((*serving)->addresses(), " "), "\n")
                                        : absl::StrCat(kFailed, serving.status().message(), "\n");
  if (write(tell, told.data(), told.size()) != static_cast<ssize_t>(told.size()) || !serving.ok()) return 1;
  close(tell);
  KeepToCore(core);
  char byte = 0;
  while (read(stop, &byte, 1) > 0) continue;
  return 0;
}

std::string ReadLine(int from) {
  std::string line;
  for (char byte = 0; read(from, &byte, 1) == 1 && byte != '\n';) line.push_back(byte);
  return line;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ServerProcess>> ServerProcess::Start(const Starter& start, int core) {
  int tell[2];
  int stop[2];
  if (pipe(tell) != 0 || pipe(stop) != 0) return absl::InternalError("no pipe");
  const pid_t child = fork();
  if (child < 0) return absl::InternalError("no process");
  if (child == 0) {
    close(tell[0]);
    close(stop[1]);
    _exit(Serve(start, core, tell[1], stop[0]));
  }
  close(tell[1]);
  close(stop[0]);
  std::unique_ptr<ServerProcess> server(new ServerProcess(child, stop[1]));
  const std::string told = ReadLine(tell[0]);
  close(tell[0]);
  if (told.empty() || told.starts_with(kFailed))
    return absl::UnavailableError(absl::StrCat("the servers did not start; ", told));
  server->addresses_ = absl::StrSplit(told, ' ');
  return server;
}

ServerProcess::~ServerProcess() {
  close(stop_);
  waitpid(process_, nullptr, 0);
}

double ServerProcess::CpuSeconds() const {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(process_, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

bool KeepToCore(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(core), &set);
  bool kept = true;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    int id = 0;
    if (absl::SimpleAtoi(thread.path().filename().string(), &id))
      kept = sched_setaffinity(id, sizeof(set), &set) == 0 && kept;
  }
  return kept;
}

}  // namespace brokerage::bench
