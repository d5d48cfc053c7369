#!/bin/sh
# Writes the Go code of the protocol; needs protoc (Debian's protobuf-compiler and libprotobuf-dev).
set -eu
cd "$(dirname "$0")"
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
GOBIN=$bin go install google.golang.org/protobuf/cmd/protoc-gen-go google.golang.org/grpc/cmd/protoc-gen-go-grpc
PATH="$bin:$PATH" protoc --go_out="${1:-.}" --go_opt=paths=source_relative \
  --go-grpc_out="${1:-.}" --go-grpc_opt=paths=source_relative ./*.proto
