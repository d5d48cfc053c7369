package scaffold

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/preau-ent/preau/sdk/errors"
)

// Path is the Go module that a vendor's module requires.
const Path = "github.com/preau-ent/preau"

// unreleased is the version written beside a replace: it is never looked up.
const unreleased = "v0.0.0"

// requirements is what go.mod and go.sum of a new module hold.
type requirements struct {
	sdk     string   // absolute
	version string   // of Go
	modules []string // "path version" of what package sdk imports, in order
	sums    []byte
}

// require reads from a checkout what a module written with package sdk needs, so
// that it builds from the module cache, without asking anybody. Invalid when the
// folder is no checkout.
func require(sdk string) (*requirements, error) {
	sdk, err := filepath.Abs(sdk)
	if err != nil {
		return nil, errors.Internal(err)
	}
	if !IsCheckout(sdk) {
		return nil, errors.New(errors.Invalid, "scaffold.nosdk", "folder", sdk)
	}
	r := &requirements{sdk: sdk}
	src, err := os.ReadFile(filepath.Join(sdk, "go.mod"))
	if err == nil {
		r.sums, err = os.ReadFile(filepath.Join(sdk, "go.sum"))
	}
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "scaffold.nosdk", "folder", sdk)
	}
	file, err := modfile.ParseLax("go.mod", src, nil)
	if err != nil || file.Go == nil {
		return nil, errors.Wrap(err, errors.Unavailable, "scaffold.nosdk", "folder", sdk)
	}
	r.version = file.Go.Version
	imported, err := imports(sdk)
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "scaffold.golist", "folder", sdk)
	}
	for _, one := range file.Require {
		if imported[one.Mod.Path] {
			r.modules = append(r.modules, one.Mod.Path+" "+one.Mod.Version)
		}
	}
	return r, nil
}

// IsCheckout reports whether a folder holds Préau's own source: a go.mod alone,
// copied there for whatever reason, is not it.
func IsCheckout(folder string) bool {
	src, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if err != nil || modfile.ModulePath(src) != Path {
		return false
	}
	_, err = os.Stat(filepath.Join(folder, "sdk", "conformance"))
	return err == nil
}

// imports asks the go command which modules the packages of sdk come from.
func imports(sdk string) (map[string]bool, error) {
	cmd := exec.Command("go", "list", "-deps", "-json=Module", "./sdk", "./sdk/conformance", "./sdk/demo")
	cmd.Dir, cmd.Env = sdk, append(os.Environ(), "GOFLAGS=-mod=readonly", "CGO_ENABLED=0", "GOWORK=off")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, strings.TrimSpace(complaint.String()))
	}
	found := map[string]bool{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var one struct{ Module *struct{ Path string } }
		switch err := d.Decode(&one); {
		case err == io.EOF:
			return found, nil
		case err != nil:
			return nil, err
		case one.Module != nil:
			found[one.Module.Path] = true
		}
	}
}

// write makes go.mod and go.sum.
func (r *requirements) write(folder, module string) error {
	f := &modfile.File{}
	add := []error{f.AddModuleStmt(module), f.AddGoStmt(r.version), f.AddRequire(Path, unreleased), f.AddReplace(Path, "", r.sdk, "")}
	if err := errors.Join(add...); err != nil {
		return errors.Wrap(err, errors.Invalid, "scaffold.module", "module", module)
	}
	for _, one := range r.modules {
		path, version, _ := strings.Cut(one, " ")
		f.AddNewRequire(path, version, true)
	}
	f.SetRequireSeparateIndirect(f.Require)
	f.Cleanup()
	text, err := f.Format()
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "scaffold.module", "module", module)
	}
	if err := os.WriteFile(filepath.Join(folder, "go.mod"), text, 0o644); err != nil {
		return errors.Wrap(err, errors.Unavailable, "scaffold.folder", "folder", folder)
	}
	if err := os.WriteFile(filepath.Join(folder, "go.sum"), r.sums, 0o644); err != nil {
		return errors.Wrap(err, errors.Unavailable, "scaffold.folder", "folder", folder)
	}
	return nil
}
