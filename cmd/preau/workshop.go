package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

// workshop builds one version of a module after the other. Each has a folder of
// its own, so that the one at work stays whole.
type workshop struct {
	folder string // of the module, absolute
	room   string // of the versions
	count  int
}

// build makes the next version: …/<n>/<id>. [manifest.Problems] when module.yaml
// is wrong, uncompiled when the code is.
func (w *workshop) build(ctx context.Context) (folder string, err error) {
	m, err := manifest.Open(w.folder)
	if err != nil {
		return "", err
	}
	w.count++
	version := filepath.Join(w.room, strconv.Itoa(w.count))
	folder = filepath.Join(version, string(m.ID))
	if err := errors.Join(os.RemoveAll(version), os.MkdirAll(folder, 0o755)); err != nil {
		return "", errors.Wrap(err, errors.Unavailable, "scaffold.folder", "folder", folder)
	}
	if err := w.fill(ctx, folder, string(m.ID)); err != nil {
		return "", errors.Join(err, os.RemoveAll(version))
	}
	// The version before may still finish what it began.
	return folder, os.RemoveAll(filepath.Join(w.room, strconv.Itoa(w.count-2)))
}

// uncompiled is what the compiler said.
type uncompiled string

func (u uncompiled) Error() string { return strings.TrimSpace(string(u)) }

func (w *workshop) fill(ctx context.Context, folder, id string) error {
	program := filepath.Join(folder, id)
	build := exec.CommandContext(ctx, "go", "build", "-ldflags", "-s -w", "-o", program, ".")
	build.Dir, build.Env = w.folder, append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	var failed *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &failed):
		return uncompiled(out)
	case err != nil:
		return errors.Wrap(err, errors.Unavailable, "preau.plugin.nogo")
	}
	text, err := os.ReadFile(filepath.Join(w.folder, manifest.FileName))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, manifest.FileName), text, 0o644)
	}
	if err == nil {
		err = os.CopyFS(filepath.Join(folder, "locales"), os.DirFS(filepath.Join(w.folder, "locales")))
	}
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "scaffold.folder", "folder", folder)
	}
	return nil
}
