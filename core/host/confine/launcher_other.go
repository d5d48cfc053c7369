//go:build !linux

package confine

import (
	"errors"

	"github.com/preau-ent/preau/core/host/process"
)

// Command implements [process.Launcher]: there is no confinement but on Linux.
func (*Launcher) Command(process.Launch) (*process.Command, error) { return nil, errOther }

// Examine says that this system has no confinement.
func Examine() []Lack { return []Lack{{What: "linux", Detail: errOther.Error()}} }

var errOther = errors.New("confinement: needs Linux; --confinement off starts modules as they are")
