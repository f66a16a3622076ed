#!/bin/sh
# Builds Weaviate's server from the Go module proxy into a folder (default: var/tools), for tests against the real thing.
# Needs Go 1.25 or newer; takes some minutes and about 2 GB for the modules. The version is pinned; Go checks its sums.
set -eu
version=v1.35.2
folder=${1:-var/tools}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
if [ -x "$folder/weaviate-server" ] && [ "$(cat "$folder/weaviate-server.version" 2>/dev/null)" = "$version" ]; then
  echo "$folder/weaviate-server is $version already"
  exit 0
fi
command -v go >/dev/null 2>&1 || { echo "go is not installed: see https://go.dev/doc/install" >&2; exit 69; }
CGO_ENABLED=0 GOBIN="$folder" go install -buildvcs=false -trimpath -ldflags "-s -w" \
  "github.com/weaviate/weaviate/cmd/weaviate-server@$version"
echo "$version" > "$folder/weaviate-server.version"
echo "$folder/weaviate-server"
