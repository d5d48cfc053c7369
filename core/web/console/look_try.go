package console

import (
	"encoding/json"
	"net/http"

	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// tried is what the page's script asks while somebody chooses.
type tried struct {
	Stylesheet string `json:"stylesheet"`
	Logo       string `json:"logo,omitempty"` // of the theme, where the school has none
	Note       string `json:"note"`           // what becomes of the colour
}

// askLook answers the stylesheet of a look that is not kept: the page's script
// puts it in the place of the one in force. Invalid names the field.
func (c *Console) askLook(v *visit.Visit) (*visit.Answer, error) {
	own, err := c.chosen(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	look := lookOf(v.Query.Get)
	sheet, err := c.Themes.Try(look)
	if err != nil {
		return nil, renamed(err)
	}
	t := tried{Stylesheet: sheet.Path}
	if own.Logo == "" {
		t.Logo = sheet.Logo
	}
	if key, args := fate(look, sheet); key != "" {
		t.Note = v.Say.T(key, args...)
	}
	body, err := json.Marshal(t)
	if err != nil {
		return nil, errors.Internal(err)
	}
	return visit.Give("", "application/json", body), nil
}

// tryLook draws the page itself as the choice would have every page.
func (c *Console) tryLook(v *visit.Visit, before chosen, look theme.Look, sheet *theme.Sheet) *visit.Answer {
	nodes := []*ui.Node{ui.Banner(ui.Info, "console.look.tried")}
	if key, args := fate(look, sheet); key != "" {
		nodes = append(nodes, ui.Text(key, args...))
	}
	p := c.lookPage(ui.Fill(c.lookForm(v, before), v.Form), specimen())
	p.Nodes = append(nodes, p.Nodes...)
	return &visit.Answer{Status: http.StatusOK, Page: p, Sheet: sheet}
}

// fate says what becomes of a school's colour: drawn as it is, or in the
// nearest shade that is seen and read.
func fate(look theme.Look, sheet *theme.Sheet) (key string, args []any) {
	wanted, ok := theme.ParseColour(look.Colour)
	if !ok {
		return "", nil
	}
	if light := sheet.Light.Colour("brand"); light != wanted {
		return "console.look.shaded", []any{"colour", wanted.String(), "shade", light.String()}
	}
	return "console.look.asis", []any{"colour", wanted.String()}
}

// specimen is a little of everything, to see what a look does to it.
func specimen() *ui.Node {
	item := func(title, detail, icon string, tone ui.Tone, badge string) *ui.Item {
		return &ui.Item{Title: ui.T(title), Detail: ui.T(detail), Icon: icon, Badge: ui.T(badge), Tone: tone}
	}
	return ui.Section("console.look.specimen",
		ui.Banner(ui.Warn, "console.look.specimen.event"),
		ui.List(
			item("console.look.specimen.outing", "console.look.specimen.outing.more", ui.IconBackpack, ui.Ok, "console.look.specimen.signed"),
			item("console.look.specimen.exercise", "console.look.specimen.exercise.more", ui.IconHomework, ui.Bad, "console.look.specimen.late")),
		ui.Progress("console.look.specimen.week", 3, 5))
}
