package manifest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/egress"
)

// Reaches reports whether capabilities allow to connect to a host. own is what
// the school itself wrote in the module's settings: a default of the manifest
// opens nothing.
func Reaches(granted []Capability, host string, own json.RawMessage) bool {
	host, ok := egress.Host(host)
	return ok && slices.ContainsFunc(granted, func(c Capability) bool {
		to, connects := c.Host()
		setting, listed := strings.CutPrefix(to, "@")
		if !listed {
			return connects && to == host
		}
		return slices.ContainsFunc(Hosts(own, setting), func(pattern string) bool { return covers(pattern, host) })
	})
}

// Connects reports whether any of the capabilities is one to connect.
func Connects(granted []Capability) bool {
	return slices.ContainsFunc(granted, func(c Capability) bool { _, ok := c.Host(); return ok })
}

// Hosts reads a setting that lists hosts: words between spaces, commas,
// semicolons and line ends, or a list of strings.
func Hosts(settings json.RawMessage, name string) []string {
	var all map[string]json.RawMessage
	if json.Unmarshal(settings, &all) != nil {
		return nil
	}
	var list []string
	if json.Unmarshal(all[name], &list) == nil {
		return list
	}
	var words string
	if json.Unmarshal(all[name], &words) != nil {
		return nil
	}
	return strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune(" ,;\t\r\n", r) })
}

// covers reports whether what a school wrote means the host: its name, or
// "*.example.fr" for every name below. A star alone, or before a single label,
// means nothing.
func covers(pattern, host string) bool {
	below, wild := strings.CutPrefix(pattern, "*.")
	written, ok := egress.Host(below)
	switch {
	case !ok:
		return false
	case wild:
		return strings.HasSuffix(host, "."+written)
	}
	return written == host
}
