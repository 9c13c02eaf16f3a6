# What Debian's packages provide. docs/dependencies.md says what each is for.

find_package(Threads REQUIRED)
find_package(absl REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(PROJ CONFIG REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(LibIcal CONFIG REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(highway REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
include(GoogleTest)

# Protozero is headers only, without a CMake or pkg-config file.
find_path(PROTOZERO_INCLUDE_DIR protozero/pbf_reader.hpp REQUIRED)

# libcsv ships a header and a library, without a CMake or pkg-config file.
find_library(LIBCSV csv REQUIRED)

# Plain .proto files of Google's, installed by Debian; read at build time, never copied here.
set(GOOGLE_RPC_PROTO_DIR /usr/share/gocode/src/github.com/gogo/googleapis)
set(GRPC_PROTO_DIR /usr/share/grpc-proto)
