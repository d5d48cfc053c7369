package sdk

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// manifestName is the file next to a module's executable.
const manifestName = "module.yaml"

// readIdentity finds id and version in the module.yaml next to the executable.
// The core has read and checked the whole file before it started this process;
// two plain lines of it do not justify a YAML library in every module.
func readIdentity() (id, version string, err error) {
	exe, err := os.Executable()
	if err != nil {
		return "", "", err
	}
	f, err := os.Open(filepath.Join(filepath.Dir(exe), manifestName))
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if v, ok := scalar(lines.Text(), "id"); ok {
			id = v
		}
		if v, ok := scalar(lines.Text(), "version"); ok {
			version = v
		}
	}
	if err := lines.Err(); err != nil {
		return "", "", err
	}
	if id == "" || version == "" {
		return "", "", fmt.Errorf("%s: no id or no version", f.Name())
	}
	return id, version, nil
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
