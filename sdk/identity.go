package sdk

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// manifestName is the file next to a module's executable.
const manifestName = "module.yaml"

// identity is what a module says of itself.
type identity struct {
	id, version string
	schema      int
}

// readIdentity finds id, version and schema in the module.yaml next to the
// executable.
func readIdentity() (identity, error) {
	exe, err := os.Executable()
	if err != nil {
		return identity{}, err
	}
	f, err := os.Open(filepath.Join(filepath.Dir(exe), manifestName))
	if err != nil {
		return identity{}, err
	}
	defer f.Close()
	i, err := scanIdentity(f)
	if err != nil {
		return i, fmt.Errorf("%s: %w", f.Name(), err)
	}
	return i, nil
}

// scanIdentity reads plain lines. The core has read and checked the whole file
// before it started this process; three lines of it do not justify a YAML library
// in every module.
func scanIdentity(r io.Reader) (identity, error) {
	i := identity{schema: 1}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if v, ok := scalar(lines.Text(), "id"); ok {
			i.id = v
		}
		if v, ok := scalar(lines.Text(), "version"); ok {
			i.version = v
		}
		if v, ok := scalar(lines.Text(), "schema"); ok {
			n, err := strconv.Atoi(v)
			if err != nil {
				return i, fmt.Errorf("schema %q is no number", v)
			}
			i.schema = n
		}
	}
	if err := lines.Err(); err != nil {
		return i, err
	}
	if i.id == "" || i.version == "" {
		return i, fmt.Errorf("no id or no version")
	}
	return i, nil
}

// scalar reads the value of a line "key: value" at the left margin, quoted or
// not, with or without a comment.
func scalar(line, key string) (string, bool) {
	rest, ok := strings.CutPrefix(line, key+":")
	if !ok {
		return "", false
	}
	rest = strings.TrimSpace(rest)
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		if end := strings.IndexByte(rest[1:], rest[0]); end >= 0 {
			return rest[1 : end+1], true
		}
	}
	rest, _, _ = strings.Cut(rest, " #")
	return strings.TrimSpace(rest), true
}
