package web

import (
	"strconv"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// desk is a page that is being arranged: a person's or a school's.
type desk interface {
	Move(instance string, to int) error
	Step(instance string, by int) error
	Resize(instance string, size home.Size) error
	Hide(instance string) error
	Add(widget string, t home.Tuning) (string, error)
	Reset() error
	TakeBack() error
	BringBack() error
	Offer(widget string) home.Offer
}

var _, _ desk = (*home.Page)(nil), (*home.SchoolPage)(nil)

// done is what a change of a page has led to: words for the next page, and the
// id where that page is taken up.
type done struct {
	said *ui.Words
	at   string
}

// gesture makes the change that a form asks for; ok is false when it is none of
// those that every page knows.
func gesture(v *visit.Visit, d desk, layout *home.Layout) (out done, ok bool, err error) {
	instance, value := v.Form.Get("instance"), v.Form.Get("valeur")
	before := *layout
	switch v.Form.Get("geste") {
	case "avant":
		err = d.Step(instance, -1)
		out = placed(v, d, *layout, instance)
	case "apres":
		err = d.Step(instance, 1)
		out = placed(v, d, *layout, instance)
	case "place":
		to, garbage := strconv.Atoi(value)
		if garbage != nil {
			return out, true, errors.Wrap(garbage, errors.Invalid, "web.garbage")
		}
		err = d.Move(instance, to)
		out = placed(v, d, *layout, instance)
	case "taille":
		if err = d.Resize(instance, home.Size(value)); err == nil {
			at := (*layout)[layout.Index(instance)]
			out = done{ui.T("web.home.sized", "name", blockName(v, d, at), "size", v.Say.T("draw.size."+string(at.Size))), draw.WidgetAnchor(instance)}
		}
	case "cacher":
		was := before.Index(instance)
		if err = d.Hide(instance); err == nil {
			out = done{ui.T("web.home.hidden", "name", blockName(v, d, before[was])), anchorAt(*layout, was)}
		}
	case "ajouter":
		added := ""
		if added, err = d.Add(v.Form.Get("widget"), home.Tuning{}); err == nil {
			at := (*layout)[layout.Index(added)]
			out = done{ui.T("web.home.added", "name", blockName(v, d, at)), draw.WidgetAnchor(added)}
		}
	case "retablir":
		err, out = d.Reset(), done{ui.T("web.home.reset"), draw.UndoAnchor}
	case "annuler":
		err, out = d.TakeBack(), done{ui.T("web.home.undone"), draw.UndoAnchor}
	case "refaire":
		err, out = d.BringBack(), done{ui.T("web.home.redone"), draw.UndoAnchor}
	default:
		return out, false, nil
	}
	return out, true, err
}

// placed says where an instance stands now.
func placed(v *visit.Visit, d desk, layout home.Layout, instance string) done {
	i := layout.Index(instance)
	if i < 0 {
		return done{}
	}
	return done{ui.T("web.home.placed", "name", blockName(v, d, layout[i]), "n", i+1, "total", len(layout)), draw.WidgetAnchor(instance)}
}

// anchorAt is the id of the widget at a place, or of the last one.
func anchorAt(l home.Layout, i int) string {
	if len(l) == 0 {
		return ""
	}
	return draw.WidgetAnchor(l[min(max(i, 0), len(l)-1)].Instance)
}

// blockName is the name of a placement in the visitor's words.
func blockName(v *visit.Visit, d desk, at home.Placement) string {
	if at.Title != "" {
		return at.Title
	}
	if o := d.Offer(at.Widget); o.Widget != "" {
		return v.Say.In(drawnBy(at.Module())).T(o.Name)
	}
	return at.Widget
}

// arranged answers a form of the grid: to the arranging page, with what was done
// in words and the focus on what it was done to. What somebody else was faster
// with, or what a name may not be, is said there too.
func (c *call) arranged(back string, d done, err error) error {
	tone := ui.Ok
	switch kind := errors.KindOf(err); {
	case kind == errors.Conflict:
		d.at, tone = "", ui.Warn
		d.said = public(err)
	case kind == errors.Invalid && len(errors.FieldsOf(err)) > 0:
		d.at, tone = draw.SheetsAnchor, ui.Warn
		d.said = public(err)
	case err != nil:
		return err
	}
	c.sayNext("", tone, d.said)
	return c.goNear(back, d.at)
}

// public are the words of an error, those of its first field when it has some.
func public(err error) *ui.Words {
	for _, key := range errors.FieldsOf(err) {
		return ui.T(key)
	}
	key, args := errors.Public(err)
	return ui.T(key, args...)
}
