package main

import (
	"path"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/preau-ent/preau/sdk"
)

// maxName is the longest part of a path inside a zip, in bytes: with three
// parts it stays below what every system unpacks.
const maxName = 60

// safeName makes words into one part of a path that every system takes: ASCII
// letters and digits, "-", "_" and ".", never empty, never beginning with a dot.
func safeName(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)), r == '-', r == '.':
			b.WriteRune(r)
		case r == 'œ' || r == 'Œ':
			b.WriteString("oe")
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’':
		default:
			b.WriteByte('_')
		}
	}
	name := b.String()
	for strings.Contains(name, "__") {
		name = strings.ReplaceAll(name, "__", "_")
	}
	name = strings.TrimRight(strings.TrimLeft(name, "._-"), "._-")
	if name == "" || reserved(name) {
		name = "_" + name
	}
	return cutName(name)
}

// cutName shortens a name, its extension last.
func cutName(name string) string {
	if len(name) <= maxName {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 10 {
		ext = ""
	}
	return name[:maxName-len(ext)] + ext
}

// reserved reports whether Windows keeps this name for a device.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}

// folderName is a pupil's folder: Nom_Prenom.
func folderName(p sdk.Person) string {
	if p.LastName == "" && p.FirstName == "" {
		return safeName(string(p.ID))
	}
	return safeName(p.LastName + "_" + p.FirstName)
}

// distinct gives each name once: the second "a.pdf" becomes "a_2.pdf". Names
// that differ in case alone count as one, as they do on some disks.
type distinct map[string]bool

func (d distinct) name(name string) string {
	stem, ext := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	for n := 2; d[strings.ToLower(name)]; n++ {
		name = stem + "_" + strconv.Itoa(n) + ext
	}
	d[strings.ToLower(name)] = true
	return name
}
