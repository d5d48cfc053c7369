package draw

import (
	"bytes"
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"
)

// appearances are the choices between light and dark, as buttons.
var appearances = []string{"auto", "clair", "sombre"}

func (l *Layout) appearance() string {
	if l.Appearance.Mode != "" {
		return l.Appearance.Mode
	}
	return "auto"
}

// marks are the attributes by which the stylesheet knows the choices.
func (l *Layout) marks() templ.Attributes { return l.Appearance.marks() }

func (l *Layout) bodyMarks() templ.Attributes {
	if l.Person == "" {
		return templ.Attributes{"class": "public"}
	}
	return nil
}

func (l *Layout) name(c *Context) string {
	if l.School != "" {
		return l.School
	}
	return c.t("draw.product")
}

func (l *Layout) documentTitle(c *Context, title string) string {
	if title == "" {
		return l.name(c)
	}
	return title + " · " + l.name(c)
}

// here is where the frame's forms come back to.
func (c *Context) here() string {
	if c.Here == "" {
		return "/"
	}
	return c.Here
}

func currentName(all []Choice) string {
	for _, one := range all {
		if one.Current {
			return one.Name
		}
	}
	return ""
}

func pressed(on bool) templ.Attributes {
	if on {
		return templ.Attributes{"aria-current": "true"}
	}
	return nil
}

func upTo99(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

// Frame is the part of a layout that stays the same while the same person
// looks at the same place: header, menu, foot.
type Frame struct{ parts [3][]byte }

const (
	frameTop = iota
	frameMenu
	frameFoot
)

// NewFrame draws the frame of a layout, to be kept for as long as neither the
// layout (but for Flash and Hint) nor c.Here changes.
func NewFrame(c *Context, l *Layout) (*Frame, error) {
	c = c.begin()
	f := &Frame{}
	for i, component := range []templ.Component{top(c, l), navigation(c, l), ending(c, l)} {
		var b bytes.Buffer
		if err := component.Render(context.Background(), &b); err != nil {
			return nil, err
		}
		f.parts[i] = b.Bytes()
	}
	return f, nil
}

// kept writes what was drawn before.
func kept(drawn []byte) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := w.Write(drawn)
		return err
	})
}
