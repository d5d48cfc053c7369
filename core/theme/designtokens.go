package theme

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// designTokens are the values of a file in the Design Tokens format by their
// path ("color.brand"), each still as JSON. Values written as a reference
// ("{color.brand}") are looked up when they are read.
type designTokens struct {
	values map[string]json.RawMessage
	err    error // the first
}

// most bounds a tokens.json, in bytes, and depth its groups in groups.
const (
	most  = 64 << 10
	depth = 8
)

func readDesignTokens(src []byte) (*designTokens, error) {
	if len(src) > most {
		return nil, errors.New(errors.TooLarge, "theme.large", "file", "tokens.json", "most", most>>10)
	}
	d := &designTokens{values: map[string]json.RawMessage{}}
	if err := d.walk("", src, 0); err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "theme.tokens")
	}
	return d, nil
}

// walk notes every token of a group. What begins with a dollar describes; a
// group with a $value is a token.
func (d *designTokens) walk(path string, src json.RawMessage, level int) error {
	var group map[string]json.RawMessage
	if err := json.Unmarshal(src, &group); err != nil {
		return err
	}
	if value, ok := group["$value"]; ok {
		d.values[strings.TrimSuffix(path, ".")] = value
		return nil
	}
	for name, inside := range group {
		if strings.HasPrefix(name, "$") {
			continue
		}
		if level == depth {
			return errors.New(errors.Invalid, "theme.tokens")
		}
		if err := d.walk(path+name+".", inside, level+1); err != nil {
			return err
		}
	}
	return nil
}

func (d *designTokens) has(path string) bool { return d.values[path] != nil }

// read follows references and reads the value into a variable.
func (d *designTokens) read(path string, into any) bool {
	value := d.values[path]
	for range depth {
		var s string
		if json.Unmarshal(value, &s) != nil || !strings.HasPrefix(s, "{") || !strings.HasSuffix(s, "}") {
			break
		}
		value = d.values[s[1:len(s)-1]]
	}
	return json.Unmarshal(value, into) == nil
}

func (d *designTokens) fail(path string) {
	if d.err == nil {
		d.err = errors.New(errors.Invalid, "theme.token", "token", path)
	}
}

// colour reads "#rrggbb", or the format's object: components of sRGB from 0 to
// 1, or their hex.
func (d *designTokens) colour(path string) Colour {
	var hex string
	var object struct {
		ColorSpace string    `json:"colorSpace"`
		Components []float64 `json:"components"`
		Alpha      *float64  `json:"alpha"`
		Hex        string    `json:"hex"`
	}
	if d.read(path, &hex) {
		if c, ok := ParseColour(hex); ok {
			return c
		}
	} else if d.read(path, &object) && object.ColorSpace == "srgb" && (object.Alpha == nil || *object.Alpha == 1) {
		if c, ok := ParseColour(object.Hex); ok {
			return c
		}
		out := func(x float64) bool { return !(x >= 0 && x <= 1) }
		if parts := object.Components; len(parts) == 3 && !slices.ContainsFunc(parts, out) {
			to := func(x float64) uint8 { return uint8(math.Round(x * 255)) }
			return Colour{to(parts[0]), to(parts[1]), to(parts[2])}
		}
	}
	d.fail(path)
	return Colour{}
}

// length reads "1.5rem" or the format's {"value": 1.5, "unit": "rem"}, between
// two bounds in px (a rem counts as 16).
func (d *designTokens) length(path string, least, most float64) Length {
	var s string
	var l Length
	if d.read(path, &s) {
		number := strings.TrimSuffix(s, "px")
		if l.Unit = "px"; number == s {
			number, l.Unit = strings.TrimSuffix(s, "rem"), "rem"
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || number == s {
			l.Unit = ""
		}
		l.Value = n
	} else if !d.read(path, &l) {
		l.Unit = ""
	}
	px := l.Value
	if l.Unit == "rem" {
		px *= 16
	}
	if l.Unit != "px" && l.Unit != "rem" || !(px >= least && px <= most) {
		d.fail(path)
		return Length{1, "rem"}
	}
	return l
}

// number reads a plain number between two bounds.
func (d *designTokens) number(path string, least, most float64) float64 {
	var n float64
	if !d.read(path, &n) || !(n >= least && n <= most) {
		d.fail(path)
		return least
	}
	return n
}

// families reads names of fonts: letters, digits, spaces, dashes.
func (d *designTokens) families(path string) []string {
	var all []string
	var one string
	if d.read(path, &one) {
		all = []string{one}
	} else if !d.read(path, &all) {
		all = nil
	}
	if len(all) == 0 || slices.ContainsFunc(all, func(f string) bool { return !isFamily(f) }) {
		d.fail(path)
		return []string{"sans-serif"}
	}
	return all
}

func isFamily(f string) bool {
	bad := func(c rune) bool {
		return c != ' ' && c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
	}
	return f != "" && len(f) <= 60 && strings.TrimSpace(f) == f && !strings.ContainsFunc(f, bad)
}
