package confine

import (
	"os"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/manifest"
)

func group(process.Launch, manifest.Tier) ([]*os.File, func(), error) { return nil, func() {}, nil }
