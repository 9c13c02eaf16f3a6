#include "storage/backup.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "base/digest.h"
#include "base/files.h"
#include "storage/errors.h"
#include "storage/rows.h"

namespace brokerage::storage {
namespace {

constexpr char kManifestName[] = "/backup.txt";
constexpr char kDataName[] = "/data";
// Beside a directory that is being written; left by a process that ended, and then written anew.
constexpr char kPartialSuffix[] = ".partial";

// The manifest's first line. Another layout of the directory gets another number.
constexpr char kFirstLine[] = "brokerage backup 1";
// Its last line: a hash of all before.
constexpr char kSealWord[] = "sha256 ";

std::string WithoutTrailingSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string Format(const BackupManifest& manifest) {
  std::string text =
      absl::StrCat(kFirstLine, "\nformat ", manifest.format, "\nowner ", manifest.owner, "\nepoch ",
                   manifest.revision.epoch, "\nsequence ", manifest.revision.sequence, "\n");
  for (const BackupManifest::File& file : manifest.files) {
    absl::StrAppend(&text, "file ", file.digest.sha256, " ", file.digest.bytes, " ", file.name, "\n");
  }
  absl::StrAppend(&text, kSealWord, base::HexEncode(base::Sha256(text)), "\n");
  return text;
}

// Takes "`word` rest" off the front of `lines`.
std::optional<absl::string_view> TakeLine(std::vector<absl::string_view>& lines, absl::string_view word) {
  if (lines.empty() || !absl::ConsumePrefix(&lines.front(), absl::StrCat(word, " "))) return std::nullopt;
  const absl::string_view rest = lines.front();
  lines.erase(lines.begin());
  return rest;
}

std::optional<uint64_t> TakeNumber(std::vector<absl::string_view>& lines, absl::string_view word) {
  const std::optional<absl::string_view> rest = TakeLine(lines, word);
  uint64_t number = 0;
  if (!rest.has_value() || !absl::SimpleAtoi(*rest, &number)) return std::nullopt;
  return number;
}

std::optional<BackupManifest::File> TakeFile(std::vector<absl::string_view>& lines) {
  const std::optional<absl::string_view> rest = TakeLine(lines, "file");
  if (!rest.has_value()) return std::nullopt;
  const std::vector<absl::string_view> parts = absl::StrSplit(*rest, absl::MaxSplits(' ', 2));
  BackupManifest::File file;
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[1], &file.digest.bytes)) return std::nullopt;
  file.digest.sha256 = std::string(parts[0]);
  file.name = std::string(parts[2]);
  // A name leads nowhere else.
  if (file.name.empty() || absl::StrContains(file.name, "/")) return std::nullopt;
  return file;
}

std::optional<BackupManifest> Parse(absl::string_view text) {
  const std::size_t seal = text.rfind(kSealWord);
  if (seal == absl::string_view::npos) return std::nullopt;
  const absl::string_view body = text.substr(0, seal);
  if (text.substr(seal) != absl::StrCat(kSealWord, base::HexEncode(base::Sha256(body)), "\n"))
    return std::nullopt;
  std::vector<absl::string_view> lines = absl::StrSplit(body, '\n', absl::SkipEmpty());
  if (lines.empty()) return std::nullopt;
  lines.erase(lines.begin());

  BackupManifest manifest;
  const std::optional<uint64_t> format = TakeNumber(lines, "format");
  const std::optional<absl::string_view> owner = TakeLine(lines, "owner");
  const std::optional<uint64_t> epoch = TakeNumber(lines, "epoch");
  const std::optional<uint64_t> sequence = TakeNumber(lines, "sequence");
  if (!format.has_value() || !owner.has_value() || !epoch.has_value() || !sequence.has_value())
    return std::nullopt;
  manifest.format = *format;
  manifest.owner = std::string(*owner);
  manifest.revision = {*epoch, *sequence};
  while (!lines.empty()) {
    std::optional<BackupManifest::File> file = TakeFile(lines);
    if (!file.has_value()) return std::nullopt;
    manifest.files.push_back(*std::move(file));
  }
  return manifest;
}

absl::StatusOr<Revision> WriteInto(const std::string& directory, absl::string_view owner,
                                   const std::function<absl::StatusOr<Revision>(const std::string&)>& fill) {
  const std::string data = directory + kDataName;
  const absl::StatusOr<Revision> revision = fill(data);
  if (!revision.ok()) return revision;
  const absl::StatusOr<std::vector<std::string>> names = ListFiles(data);
  if (!names.ok()) return names.status();

  BackupManifest manifest{kFormatVersion, std::string(owner), *revision, {}};
  for (const std::string& name : *names) {
    const absl::StatusOr<FileDigest> digest = SealFile(absl::StrCat(data, "/", name));
    if (!digest.ok()) return digest.status();
    manifest.files.push_back({name, *digest});
  }
  absl::Status status = SyncDirectory(data);
  if (status.ok()) status = WriteFile(directory + kManifestName, Format(manifest));
  if (status.ok()) status = SyncDirectory(directory);
  if (!status.ok()) return status;
  return revision;
}

absl::Status CopyInto(const std::string& directory, const std::string& from, const BackupManifest& manifest) {
  for (const BackupManifest::File& file : manifest.files) {
    const std::string source = absl::StrCat(from, kDataName, "/", file.name);
    const absl::StatusOr<FileDigest> digest = CopyFile(source, absl::StrCat(directory, "/", file.name));
    if (absl::IsNotFound(digest.status())) return Corrupt(absl::StrCat("the backup lacks ", file.name));
    if (!digest.ok()) return digest.status();
    if (digest->bytes != file.digest.bytes || digest->sha256 != file.digest.sha256) {
      return Corrupt(absl::StrCat("the backup's ", file.name, " is not as it was written"));
    }
  }
  return SyncDirectory(directory);
}

// Has `write` fill a new directory beside `to`, which then becomes `to`. Nothing is left behind when that
// fails.
absl::StatusOr<Revision> WriteBeside(
    const std::string& to, const std::function<absl::StatusOr<Revision>(const std::string&)>& write) {
  const std::string partial = to + kPartialSuffix;
  absl::Status status = RemoveTree(partial);
  if (status.ok()) status = MakeDirectory(partial);
  if (!status.ok()) return status;
  absl::StatusOr<Revision> revision = write(partial);
  if (revision.ok()) {
    status = RenameToNew(partial, to);
    if (status.ok()) return revision;
    revision = status;
  }
  // What went wrong first is what counts.
  RemoveTree(partial).IgnoreError();
  return revision;
}

}  // namespace

absl::StatusOr<Revision> WriteBackup(
    const std::string& to, absl::string_view owner,
    const std::function<absl::StatusOr<Revision>(const std::string&)>& fill) {
  return WriteBeside(WithoutTrailingSlash(to),
                     [&](const std::string& directory) { return WriteInto(directory, owner, fill); });
}

absl::StatusOr<BackupManifest> ReadManifest(const std::string& from) {
  const absl::StatusOr<std::string> text = base::ReadFile(from + kManifestName);
  if (!text.ok()) return text.status();
  if (!absl::StartsWith(*text, absl::StrCat(kFirstLine, "\n"))) {
    return WrongDatabase(absl::StrCat(from, " is no backup that this version can read"));
  }
  std::optional<BackupManifest> manifest = Parse(*text);
  if (!manifest.has_value())
    return Corrupt(absl::StrCat("the manifest of ", from, " is not as it was written"));
  if (manifest->format > kFormatVersion) {
    return WrongDatabase(absl::StrCat(from, " holds format ", manifest->format, "; this version reads up to ",
                                      kFormatVersion));
  }
  return *std::move(manifest);
}

absl::StatusOr<Revision> RestoreBackup(
    const std::string& from, const std::string& to, absl::string_view owner,
    const std::function<absl::StatusOr<Revision>(const std::string&)>& prepare) {
  const absl::StatusOr<BackupManifest> manifest = ReadManifest(from);
  if (!manifest.ok()) return manifest.status();
  if (manifest->owner != owner) {
    return WrongDatabase(
        absl::StrCat(from, " is a backup of \"", manifest->owner, "\", not of \"", owner, "\""));
  }
  if (IsOccupied(to)) return TargetExists(to);
  const std::string target = WithoutTrailingSlash(to);
  if (absl::Status status = MakeDirectories(ParentDirectory(target)); !status.ok()) return status;
  return WriteBeside(target, [&](const std::string& directory) -> absl::StatusOr<Revision> {
    if (absl::Status status = CopyInto(directory, from, *manifest); !status.ok()) return status;
    absl::StatusOr<Revision> revision = prepare(directory);
    // An empty directory may stand where the database goes.
    if (revision.ok()) {
      if (absl::Status status = RemoveEmptyDirectory(target); !status.ok()) return status;
    }
    return revision;
  });
}

}  // namespace brokerage::storage
