package pack

import (
	"context"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Stage lays out in an empty folder what [Build] packs, from a module's source:
// its manifest and words, share/, LICENSE and README, and the executable. A
// module in Go is built for each of the platforms ("linux-amd64"; none: this
// one), in a way that gives the same bytes anywhere; one with "runtime: system"
// brings the executable, called like the module, with it.
func Stage(ctx context.Context, source, staged string, platforms ...string) (*manifest.Manifest, error) {
	m, err := manifest.Open(source)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Wrap(err, errors.NotFound, "pack.nosource", "folder", source)
	}
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.manifest", "why", err.Error())
	}
	if err := stageFiles(source, staged); err != nil {
		return nil, err
	}
	if m.Runtime == manifest.RuntimeSystem {
		return m, copyFile(filepath.Join(source, string(m.ID)), filepath.Join(staged, "bin", AnyPlatform, string(m.ID)))
	}
	if len(platforms) == 0 {
		platforms = []string{Platform()}
	}
	for _, p := range platforms {
		if err := compile(ctx, source, p, filepath.Join(staged, "bin", p, string(m.ID))); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// stageFiles copies all but the executable.
func stageFiles(source, staged string) error {
	return filepath.WalkDir(source, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return errors.Wrap(err, errors.Invalid, "pack.nofile", "file", path)
		}
		name, err := filepath.Rel(source, path)
		if err != nil {
			return errors.Internal(err)
		}
		name = filepath.ToSlash(name)
		top, _, nested := strings.Cut(name, "/")
		wanted := name == manifestName || !nested && document.MatchString(name) || top == "share" || language.MatchString(name)
		switch {
		case name == ".":
			return nil
		case d.IsDir() && top != "share" && name != "locales":
			return filepath.SkipDir
		case d.IsDir() || !wanted:
			return nil
		}
		return copyFile(path, filepath.Join(staged, filepath.FromSlash(name)))
	})
}

// compile builds the command of a folder for a platform. No path, no version
// control, no build id: the bytes follow from the source and the Go release.
func compile(ctx context.Context, source, platform, out string) error {
	system, machine, _ := strings.Cut(platform, "-")
	if !platformName.MatchString(platform) {
		return errors.New(errors.Invalid, "pack.platform.unknown", "platform", quoted(platform))
	}
	out, err := filepath.Abs(out)
	if err != nil {
		return errors.Internal(err)
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", out, ".")
	cmd.Dir = source
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+machine, "GOFLAGS=")
	if said, err := cmd.CombinedOutput(); err != nil {
		return errors.Wrap(errors.Join(err, errors.New(errors.Invalid, strings.TrimSpace(string(said)))),
			errors.Invalid, "pack.build", "platform", platform, "why", strings.TrimSpace(string(said)))
	}
	return nil
}

func copyFile(from, to string) error {
	refused := func(err error) error { return errors.Wrap(err, errors.Invalid, "pack.nofile", "file", from) }
	info, err := os.Lstat(from)
	if err != nil {
		return refused(err)
	}
	if !info.Mode().IsRegular() {
		return errors.New(errors.Invalid, "pack.file.irregular", "file", from)
	}
	in, err := os.Open(from)
	if err != nil {
		return refused(err)
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return unwritable(err)
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return unwritable(err)
	}
	_, err = io.Copy(out, in)
	return unwritable(errors.Join(err, out.Close()))
}
