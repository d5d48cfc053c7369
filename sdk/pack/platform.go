package pack

import (
	"regexp"
	"runtime"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
)

// AnyPlatform is where an executable lies that suits every platform: a script.
const AnyPlatform = "any"

var platformName = regexp.MustCompile(`^[a-z0-9]+-[a-z0-9]+$`)

// Platform is the one this program runs on: "linux-amd64".
func Platform() string { return runtime.GOOS + "-" + runtime.GOARCH }

// Platforms lists what the package has an executable for, sorted.
func (i *Index) Platforms() []string {
	var out []string
	for _, f := range i.Files {
		if m := executable.FindStringSubmatch(f.Path); m != nil {
			out = append(out, m[1])
		}
	}
	slices.Sort(out)
	return out
}

// Binary returns the path of the executable for a platform; Invalid names those
// that the package has.
func (i *Index) Binary(platform string) (string, error) {
	has := i.Platforms()
	for _, p := range []string{platform, AnyPlatform} {
		if slices.Contains(has, p) {
			return "bin/" + p + "/" + string(i.ID), nil
		}
	}
	return "", errors.New(errors.Invalid, "pack.platform", "platform", platform, "has", joined(has))
}
