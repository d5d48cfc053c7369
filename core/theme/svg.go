package theme

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// Elements and attributes that a picture may have: shapes and their paint.
// Nothing that runs, loads, links, speaks HTML or moves.
var (
	elements = []string{"svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
		"linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol", "use"}
	attributes = []string{"viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d", "points",
		"fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-dasharray",
		"stroke-dashoffset", "stroke-miterlimit", "opacity", "transform", "gradientTransform", "gradientUnits", "spreadMethod", "offset",
		"stop-color", "stop-opacity", "clip-path", "clip-rule", "clipPathUnits", "mask", "maskUnits", "preserveAspectRatio", "id", "role", "aria-hidden", "href"}
	// within is a reference to something in the same picture.
	within = regexp.MustCompile(`^#[A-Za-z][A-Za-z0-9_-]*$`)
	paint  = regexp.MustCompile(`^url\(#[A-Za-z][A-Za-z0-9_-]*\)$`)
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	svgDepth   = 32
	svgUses    = 64 // a use of a use of a use would be a bomb
)

// cleanSVG reads a picture and writes it anew from what was understood. Invalid
// names what it may not hold; comments and metadata of drawing programs are no
// reason, they are left out.
func cleanSVG(src []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict, d.Entity = true, nil
	s := &svgWriter{}
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, errors.Wrap(err, errors.Invalid, "theme.svg")
		}
		if err := s.token(t); err != nil {
			return nil, err
		}
	}
	if len(s.open) > 0 || s.out.Len() == 0 {
		return nil, errors.New(errors.Invalid, "theme.svg")
	}
	return s.out.Bytes(), nil
}

type svgWriter struct {
	out  bytes.Buffer
	open []string
	uses int
}

func unsafePart(what string) error {
	return errors.New(errors.Invalid, "theme.svg.unsafe", "what", what)
}

func (s *svgWriter) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return s.start(t)
	case xml.EndElement:
		s.out.WriteString("</" + t.Name.Local + ">")
		s.open = s.open[:len(s.open)-1]
	case xml.CharData:
		if last := len(s.open) - 1; last >= 0 && (s.open[last] == "title" || s.open[last] == "desc") {
			return xml.EscapeText(&s.out, t)
		}
		if strings.TrimSpace(string(t)) != "" {
			return unsafePart("text")
		}
	case xml.Directive:
		return unsafePart("<!" + cutShort(string(t)) + ">")
	case xml.ProcInst:
		if t.Target != "xml" {
			return unsafePart("<?" + cutShort(t.Target) + "?>")
		}
	}
	return nil
}

func (s *svgWriter) start(t xml.StartElement) error {
	name := t.Name.Local
	root := len(s.open) == 0
	if t.Name.Space != svgSpace || !slices.Contains(elements, name) || root != (name == "svg") || root && s.out.Len() > 0 {
		return unsafePart("<" + cutShort(name) + ">")
	}
	if name == "use" {
		s.uses++
	}
	if s.open = append(s.open, name); len(s.open) > svgDepth || s.uses > svgUses || name == "use" && slices.Contains(s.open, "symbol") {
		return unsafePart("<" + name + ">")
	}
	s.out.WriteString("<" + name)
	if root {
		s.out.WriteString(` xmlns="` + svgSpace + `"`)
	}
	for _, a := range t.Attr {
		if err := s.attribute(a); err != nil {
			return err
		}
	}
	s.out.WriteString(">")
	return nil
}

func (s *svgWriter) attribute(a xml.Attr) error {
	name, value := a.Name.Local, strings.TrimSpace(a.Value)
	switch {
	case name == "xmlns" || a.Name.Space == "xmlns":
		return nil // written by start
	case a.Name.Space != "" && !(a.Name.Space == xlinkSpace && name == "href"), !slices.Contains(attributes, name):
		return unsafePart(cutShort(name) + "=")
	case name == "href" && !within.MatchString(value), strings.Contains(value, "(") && name != "transform" && name != "gradientTransform" && !paint.MatchString(value) && !isRGB(value),
		strings.ContainsAny(value, "\\<&"):
		return unsafePart(name + `="` + cutShort(value) + `"`)
	}
	s.out.WriteString(" " + name + `="`)
	if err := xml.EscapeText(&s.out, []byte(value)); err != nil {
		return errors.Internal(err)
	}
	s.out.WriteString(`"`)
	return nil
}

func isRGB(value string) bool {
	inside, ok := strings.CutPrefix(value, "rgb(")
	return ok && strings.Trim(inside, "0123456789.,% )") == ""
}

// cutShort keeps a message readable whatever a file holds.
func cutShort(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}
