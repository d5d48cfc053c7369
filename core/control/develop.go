package control

import (
	"context"

	"github.com/preau-ent/preau/core"
)

// DevelopOf names the built folder of a module: …/<id>.
type DevelopOf struct {
	Folder string `json:"folder"`
}

// ModuleDevelop takes a module under development into a development server, in
// the place of the version there is; Denied by any other server.
var ModuleDevelop = define("module.develop", func(ctx context.Context, c *core.Core, in DevelopOf, _ Tell) (None, error) {
	return None{}, c.Develop(ctx, in.Folder)
})
