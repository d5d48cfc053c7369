package theme

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// Tokens are the inputs of a theme; every other colour is derived from them.
type Tokens struct {
	Brand, Paper, Card, Ink Colour
	Tones                   map[string]Colour // info ok warn bad
	Sans, Serif             []string          // font families
	Text, Radius, Pad, Gap  string            // lengths
}

// token is a group or a value of the Design Tokens format.
type token struct {
	Value json.RawMessage `json:"$value"`
}

// ParseTokens reads a tokens.json. Invalid names the token that is missing or
// unsafe.
func ParseTokens(src []byte) (Tokens, error) {
	var groups map[string]map[string]json.RawMessage
	if err := json.Unmarshal(src, &groups); err != nil {
		return Tokens{}, errors.Wrap(err, errors.Invalid, "theme.tokens")
	}
	r := tokenReader{groups: groups}
	t := Tokens{
		Brand: r.colour("brand"), Paper: r.colour("paper"), Card: r.colour("card"), Ink: r.colour("ink"),
		Tones: map[string]Colour{},
		Sans:  r.fonts("sans"), Serif: r.fonts("serif"),
		Text: r.length("text"), Radius: r.length("radius"), Pad: r.length("pad"), Gap: r.length("gap"),
	}
	for _, tone := range tones {
		t.Tones[tone] = r.colour(tone)
	}
	return t, r.err
}

// tokenReader keeps the first error.
type tokenReader struct {
	groups map[string]map[string]json.RawMessage
	err    error
}

func (r *tokenReader) read(group, name string, into any) {
	var t token
	err := json.Unmarshal(r.groups[group][name], &t)
	if err == nil {
		err = json.Unmarshal(t.Value, into)
	}
	if err != nil {
		r.fail(group, name, err)
	}
}

func (r *tokenReader) fail(group, name string, cause error) {
	if r.err == nil {
		r.err = errors.Wrap(cause, errors.Invalid, "theme.token", "token", group+"."+name)
	}
}

func (r *tokenReader) colour(name string) Colour {
	var s string
	r.read("color", name, &s)
	c, ok := ParseColour(s)
	if !ok {
		r.fail("color", name, nil)
	}
	return c
}

// length takes a number of px or rem, nothing that could be more than that.
func (r *tokenReader) length(name string) string {
	var s string
	r.read("size", name, &s)
	number, _ := strings.CutSuffix(strings.TrimSuffix(s, "px"), "rem")
	if _, err := strconv.ParseFloat(number, 64); err != nil || number == s {
		r.fail("size", name, err)
		return "1rem"
	}
	return s
}

// fonts takes names of installed families: letters, digits, spaces, dashes.
func (r *tokenReader) fonts(name string) []string {
	var all []string
	r.read("font", name, &all)
	for _, f := range all {
		bad := func(c rune) bool {
			return c != ' ' && c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
		}
		if f == "" || strings.ContainsFunc(f, bad) {
			r.fail("font", name, nil)
		}
	}
	return all
}
