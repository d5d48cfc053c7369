#!/bin/sh
# Makes the module's folder, ready to be started or packed, in the folder that
# is named (default: dist). Needs protoc: Debian's protobuf-compiler and
# libprotobuf-dev. The protocol is read from where it is defined; no code is
# generated.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
wire=${PREAU_WIRE:-$here/../../sdk/wire}
out=${1:-dist}/bonjour-python
mkdir -p "$out"
cp -R "$here/module.yaml" "$here/locales" "$here/share" "$here/bonjour-python" "$out/"
protoc -I "$wire" -I "$here/share" --include_imports --descriptor_set_out="$out/share/wire.binpb" \
  module.proto core.proto ui.proto goplugin.proto
