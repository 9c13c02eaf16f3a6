// A watch on a gRPC stream: the responses of all watches have the same shape.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"

#include "services/registry/watch.h"
#include "services/rpc/streams.h"

namespace brokerage::registry {

// Puts a record into a response.
template <typename Record, typename Response>
using FillItem = std::function<void(Record record, Response& response)>;

template <typename Record, typename Response>
class StreamSpeaker final : public WatchSpeaker {
 public:
  StreamSpeaker(rpc::Streams::Stream& stream, grpc::ServerWriter<Response>& writer,
                FillItem<Record, Response> fill)
      : stream_(stream), writer_(writer), fill_(std::move(fill)) {}

  absl::Status SnapshotBegin() override {
    Response response;
    response.mutable_snapshot_begin();
    return Say(response, "");
  }
  absl::Status Item(const std::string& bytes, const std::string& revision) override {
    Record record;
    if (!record.ParseFromString(bytes)) return absl::DataLossError("a watched record cannot be read");
    Response response;
    fill_(std::move(record), response);
    return Say(response, revision);
  }
  absl::Status SnapshotEnd(const std::string& revision) override {
    Response response;
    response.mutable_snapshot_end();
    return Say(response, revision);
  }
  absl::Status Heartbeat(const std::string& revision) override {
    Response response;
    response.mutable_heartbeat();
    return Say(response, revision);
  }

 private:
  absl::Status Say(Response& response, const std::string& revision) {
    response.set_revision(revision);
    return stream_.Say(writer_, response);
  }

  rpc::Streams::Stream& stream_;
  grpc::ServerWriter<Response>& writer_;
  const FillItem<Record, Response> fill_;
};

// The whole of a watching method, inside its Run. Errors: TooManyStreams, Watch::Serve's.
template <typename Record, typename Response>
absl::Status ServeWatch(const Watch& watch, const rpc::Call& call, const grpc::ServerContext& context,
                        const std::string& resume_revision, grpc::ServerWriter<Response>& writer,
                        const FillItem<Record, Response>& fill) {
  const auto stream = watch.streams().Open(context, call.caller());
  if (!stream.ok()) return stream.status();
  StreamSpeaker<Record, Response> speaker(**stream, writer, fill);
  return watch.Serve(call, **stream, resume_revision, speaker);
}

}  // namespace brokerage::registry
