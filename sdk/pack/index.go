package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// formatVersion is what this package writes and reads.
const formatVersion = 1

// Index says what a package holds. Its digest is the package's.
type Index struct {
	Format   int          `json:"format"` // 1
	ID       ids.ModuleID `json:"id"`
	Version  string       `json:"version"`
	Protocol int          `json:"protocol"` // that the module speaks
	Files    []File       `json:"files"`    // by path
}

// File is one file of a package.
type File struct {
	Path   string `json:"path"`
	Mode   string `json:"mode"` // 0555 of an executable, 0444 of all else
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Executable reports whether the file may be started.
func (f File) Executable() bool { return f.Mode == modeOf(true) }

func modeOf(executable bool) string {
	if executable {
		return "0555"
	}
	return "0444"
}

// reserved are the names that stand next to the executable once it is unpacked.
var reserved = []ids.ModuleID{"locales", "share"}

var (
	moduleID  = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	semantic  = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`)
	hexDigest = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// encode writes the index; the same index is always the same bytes.
func (i *Index) encode() ([]byte, error) {
	text, err := json.MarshalIndent(i, "", " ")
	return append(text, '\n'), err
}

// Digest returns the name of a package with this text as its index, in hex.
func Digest(index []byte) string {
	sum := sha256.Sum256(index)
	return hex.EncodeToString(sum[:])
}

// ParseIndex reads an index and checks all that can be known from it alone.
func ParseIndex(text []byte, limits Limits) (*Index, error) {
	i := &Index{}
	if err := strict(text, i); err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "pack.index", "field", indexName)
	}
	switch {
	case i.Format != formatVersion:
		return nil, errors.New(errors.Invalid, "pack.format", "format", i.Format)
	case len(i.ID) > 32 || !moduleID.MatchString(string(i.ID)) || slices.Contains(reserved, i.ID):
		return nil, errors.New(errors.Invalid, "pack.index", "field", "id")
	case len(i.Version) > 64 || !semantic.MatchString(i.Version):
		return nil, errors.New(errors.Invalid, "pack.index", "field", "version")
	case i.Protocol < 1:
		return nil, errors.New(errors.Invalid, "pack.index", "field", "protocol")
	}
	return i, i.checkFiles(limits)
}

func (i *Index) checkFiles(limits Limits) error {
	if len(i.Files) > limits.Files {
		return errors.New(errors.TooLarge, "pack.files", "n", len(i.Files), "limit", limits.Files)
	}
	var total int64
	folded := map[string]string{}
	for n, f := range i.Files {
		if err := checkPath(string(i.ID), f.Path); err != nil {
			return err
		}
		wrong := func(key string) error { return errors.New(errors.Invalid, key, "file", f.Path) }
		if before, taken := folded[strings.ToLower(f.Path)]; taken && before == f.Path {
			return wrong("pack.path.twice")
		} else if taken {
			return errors.New(errors.Invalid, "pack.path.case", "file", f.Path, "other", before)
		}
		folded[strings.ToLower(f.Path)] = f.Path
		switch {
		case n > 0 && i.Files[n-1].Path > f.Path:
			return wrong("pack.path.order")
		case f.Mode != modeOf(isBinary(f.Path)):
			return wrong("pack.file.mode")
		case !hexDigest.MatchString(f.SHA256):
			return wrong("pack.file.digest")
		case f.Size < 0 || f.Size > limits.File || f.Path == manifestName && f.Size > maxManifest:
			return errors.New(errors.TooLarge, "pack.file.size", "file", f.Path, "size", f.Size)
		}
		if total += f.Size; total > limits.Total {
			return errors.New(errors.TooLarge, "pack.total", "limit", limits.Total)
		}
	}
	return i.checkTree(folded)
}

// checkTree refuses a name that is both a file and a folder, and a package
// without manifest or executable.
func (i *Index) checkTree(folded map[string]string) error {
	for _, f := range i.Files {
		for dir, _, ok := cutLast(strings.ToLower(f.Path)); ok; dir, _, ok = cutLast(dir) {
			if other, taken := folded[dir]; taken {
				return errors.New(errors.Invalid, "pack.path.folder", "file", other)
			}
		}
	}
	if !slices.ContainsFunc(i.Files, func(f File) bool { return f.Path == manifestName }) {
		return errors.New(errors.Invalid, "pack.file.missing", "file", manifestName)
	}
	if len(i.Platforms()) == 0 {
		return errors.New(errors.Invalid, "pack.file.missing", "file", "bin/"+Platform()+"/"+string(i.ID))
	}
	return nil
}

func cutLast(p string) (dir, name string, ok bool) {
	n := strings.LastIndexByte(p, '/')
	if n < 0 {
		return p, "", false
	}
	return p[:n], p[n+1:], true
}

// size is what all files come to.
func (i *Index) size() (total int64) {
	for _, f := range i.Files {
		total += f.Size
	}
	return total
}

// strict reads one JSON value that holds nothing unknown and after which
// nothing comes.
func strict(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New(errors.Invalid, "pack.trailing", "file", indexName)
	}
	return nil
}

func joined(list []string) string { return strings.Join(list, ", ") }
