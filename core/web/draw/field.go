package draw

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// fieldView is a field with its id in the page.
type fieldView struct {
	*ui.Field
	id        string
	described bool   // has a help
	wears     string // attribute of the page's root element that takes the choice, or ""
}

// group reports whether the input is several boxes or buttons.
func (v *fieldView) group() bool {
	return v.GetPicker() != nil || v.GetChoice() != nil && (v.GetChoice().Expanded || v.GetChoice().Multiple)
}

// focus is the id to go to from the list of errors.
func (v *fieldView) focus() string {
	if v.group() && len(v.GetPicker().GetOptions())+len(v.GetChoice().GetOptions()) > 0 {
		return v.id + "-0"
	}
	return v.id
}

// describedBy lists the ids of help and error.
func (v *fieldView) describedBy() string {
	var all []string
	if v.described {
		all = append(all, v.id+"-h")
	}
	if v.Error != nil {
		all = append(all, v.id+"-e")
	}
	return strings.Join(all, " ")
}

// worn tells the page's script what a choice changes before it is kept.
func (v *fieldView) worn() templ.Attributes {
	if v.wears == "" {
		return templ.Attributes{}
	}
	return templ.Attributes{"data-mark": v.wears}
}

func (v *fieldView) describedGroup() templ.Attributes {
	a := v.worn()
	a["id"] = v.id
	if d := v.describedBy(); d != "" {
		a["aria-describedby"] = d
	}
	return a
}

// marks are those of every single input.
func (v *fieldView) marks() templ.Attributes {
	a := templ.Attributes{}
	if v.Required {
		a["required"] = true
	}
	if v.Error != nil {
		a["aria-invalid"] = "true"
	}
	if d := v.describedBy(); d != "" {
		a["aria-describedby"] = d
	}
	return a
}

// short is the longest text, in letters, whose field is not as wide as the form.
const short = 12

func (v *fieldView) textMarks(in *wire.TextInput) templ.Attributes {
	a := templ.Attributes{}
	if in.Max > 0 {
		a["maxlength"] = strconv.Itoa(int(in.Max))
	}
	if in.Max > 0 && in.Max <= short {
		a["size"] = a["maxlength"]
	}
	if in.Autocomplete != "" {
		a["autocomplete"] = in.Autocomplete
	}
	return a
}

func (v *fieldView) longMarks(in *wire.LongText) templ.Attributes {
	a := templ.Attributes{"rows": strconv.Itoa(int(min(max(in.Rows, 4), 30)))}
	if in.Max > 0 {
		a["maxlength"] = strconv.Itoa(int(in.Max))
	}
	return a
}

func textKind(kind string) string {
	if slices.Contains([]string{"email", "url", "tel", "password", "color"}, kind) {
		return kind
	}
	return "text"
}

func dateKind(in *wire.DateInput) string {
	if in.Time {
		return "datetime-local"
	}
	return "date"
}

func dateMarks(in *wire.DateInput) templ.Attributes {
	a := templ.Attributes{}
	if in.Min != "" {
		a["min"] = in.Min
	}
	if in.Max != "" {
		a["max"] = in.Max
	}
	return a
}

// numberMarks bounds a number; bounds of 0 and 0 are none.
func numberMarks(in *wire.NumberInput) templ.Attributes {
	a := templ.Attributes{"inputmode": "decimal", "step": "any"}
	if in.Step > 0 {
		a["step"] = plainNumber(in.Step)
	}
	if in.Min != 0 || in.Max != 0 {
		a["min"], a["max"] = plainNumber(in.Min), plainNumber(in.Max)
	}
	return a
}

// fileMarks offers pictures first where the camera is meant: phones then let
// one choose between camera and gallery.
func fileMarks(in *wire.FileInput) templ.Attributes {
	a := templ.Attributes{}
	accept := in.Accept
	if in.Photo && accept == "" {
		accept = "image/*,application/pdf"
	}
	if accept != "" {
		a["accept"] = accept
	}
	if in.Multiple {
		a["multiple"] = true
	}
	return a
}

func checkValue(in *wire.CheckBox) string {
	if in.Value == "" {
		return "on"
	}
	return in.Value
}

// leadingNewline saves a first empty line, which HTML would drop.
func leadingNewline(s string) string {
	if strings.HasPrefix(s, "\n") {
		return "\n" + s
	}
	return s
}
