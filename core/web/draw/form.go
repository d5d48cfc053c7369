package draw

import (
	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// formView is a form with what drawing needs to know beforehand.
type formView struct {
	form           *ui.Form
	fields         []*fieldView
	method, target string
	file, marked   bool
}

// viewForm gives every question an id; the first takes the anchor's, if there is one.
func (c *Context) viewForm(f *ui.Form, id string) *formView {
	v := &formView{form: f, method: "post"}
	if f.Search {
		v.method = "get"
		v.target = c.Target("GET", "", f.Path)
	} else {
		v.target = c.Target("POST", "", f.Path)
	}
	for i, one := range f.Fields {
		fv := &fieldView{Field: one, id: c.id("f")}
		if own := anchorID(id); i == 0 && own != "" {
			fv.id = own
		}
		fv.described = c.helpOf(fv) != ""
		if v.target == Looks {
			fv.wears = attributeOf(one.Name)
		}
		v.fields = append(v.fields, fv)
		v.file = v.file || one.GetFile() != nil
		v.marked = v.marked || one.Required && !f.Search
	}
	return v
}

func submitClass(f *ui.Form) string {
	if f.Tone == ui.Bad {
		return "danger"
	}
	return "primary"
}

func (v *formView) marks() templ.Attributes {
	if v.file {
		return templ.Attributes{"enctype": "multipart/form-data"}
	}
	return nil
}

func (v *formView) wrong() bool {
	if v.form.Error != nil {
		return true
	}
	for _, one := range v.fields {
		if one.Error != nil {
			return true
		}
	}
	return false
}

func (c *Context) submitLabel(f *ui.Form) string {
	if s := c.w(f.Submit); s != "" {
		return s
	}
	if f.Search {
		return c.t("draw.search")
	}
	return c.t("draw.save")
}

// helpOf is a field's help with the limits a browser does not show.
func (c *Context) helpOf(v *fieldView) string {
	help := c.w(v.Help)
	add := func(s string) {
		if help != "" {
			help += " "
		}
		help += s
	}
	switch in := v.Input.(type) {
	case *wire.Field_File:
		if in.File.MaxBytes > 0 {
			add(c.t("draw.file.max", "size", c.own.Size(in.File.MaxBytes)))
		}
	case *wire.Field_LongText:
		if in.LongText.Markdown {
			add(c.t("draw.markdown.help"))
		}
	}
	return help
}
