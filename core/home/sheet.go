package home

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/preau-ent/preau/sdk/errors"
)

// Bounds of what a person may have.
const (
	SheetsMost = 8  // further pages
	nameMost   = 40 // characters of a page's or a block's name
	blocksMost = 40 // widgets on one page
)

// Sheet is a further page of an expert, which only they fill: "Ma classe",
// "Pilotage". Their first page has none: it is the school's, changed by them.
type Sheet struct {
	ID   string `json:"id"` // of the address; the same after a change of name
	Name string `json:"name"`
	Diff Diff   `json:"diff"` // of what stands on every page: the banner
}

// Tab names a further page.
type Tab struct{ ID, Name string }

// arrangement is all that a person arranged.
type arrangement struct {
	Diff   Diff    `json:"diff"`
	Sheets []Sheet `json:"sheets,omitempty"`
}

func (a arrangement) clone() arrangement {
	out := arrangement{Diff: a.Diff.clone(), Sheets: slices.Clone(a.Sheets)}
	for i := range out.Sheets {
		out.Sheets[i].Diff = out.Sheets[i].Diff.clone()
	}
	return out
}

// same reports whether two arrangements are written alike.
func (a arrangement) same(o arrangement) bool {
	x, err := json.Marshal(a)
	y, other := json.Marshal(o)
	return err == nil && other == nil && string(x) == string(y)
}

func (a *arrangement) sheet(id string) int {
	return slices.IndexFunc(a.Sheets, func(s Sheet) bool { return s.ID == id })
}

// everywhere is what a further page begins with: the banner of the school's
// page, so that important events are seen wherever a person works.
func everywhere(school Layout) Layout {
	i := slices.IndexFunc(school, func(p Placement) bool { return p.Widget == BannerWidget })
	if i < 0 {
		return Layout{}
	}
	banner := school[i]
	banner.Pinned = true
	return Layout{banner}
}

// AddSheet gives the person one more empty page and returns its address.
// Invalid names the field nom; Conflict when there are [SheetsMost].
func (p *Page) AddSheet(name string) (string, error) {
	name, err := p.sheetName("", name)
	switch {
	case err != nil:
		return "", err
	case len(p.mine.Sheets) >= SheetsMost:
		return "", errors.New(errors.Conflict, "home.sheet.most", "n", SheetsMost)
	}
	id := slug(name)
	for n := 2; p.mine.sheet(id) >= 0; n++ {
		id = slug(name) + "-" + strconv.Itoa(n)
	}
	p.mine.Sheets = append(p.mine.Sheets, Sheet{ID: id, Name: name})
	return id, nil
}

// RenameSheet gives the shown further page another name; its address stays.
// Invalid names the field nom, NotFound on the first page.
func (p *Page) RenameSheet(name string) error {
	name, err := p.sheetName(p.Sheet, name)
	if err != nil {
		return err
	}
	i := p.mine.sheet(p.Sheet)
	if i < 0 {
		return errors.New(errors.NotFound, "home.sheet.gone")
	}
	p.mine.Sheets[i].Name = name
	return nil
}

// StepSheet moves the shown further page by a number of places among them.
func (p *Page) StepSheet(by int) error {
	i := p.mine.sheet(p.Sheet)
	if i < 0 {
		return errors.New(errors.NotFound, "home.sheet.gone")
	}
	to := min(max(i+by, 0), len(p.mine.Sheets)-1)
	moved := p.mine.Sheets[i]
	p.mine.Sheets = slices.Insert(slices.Delete(slices.Clone(p.mine.Sheets), i, i+1), to, moved)
	return nil
}

// DropSheet takes the shown further page away; [Page.Undo] brings it back.
func (p *Page) DropSheet() error {
	i := p.mine.sheet(p.Sheet)
	if i < 0 {
		return errors.New(errors.NotFound, "home.sheet.gone")
	}
	p.mine.Sheets = slices.Delete(slices.Clone(p.mine.Sheets), i, i+1)
	return nil
}

// sheetName is the name as it is kept: two pages of one name would look alike.
func (p *Page) sheetName(of, name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case name == "":
		return "", errors.Field("nom", "home.sheet.unnamed")
	case utf8.RuneCountInString(name) > nameMost:
		return "", errors.Field("nom", "home.sheet.long")
	case slices.ContainsFunc(p.mine.Sheets, func(s Sheet) bool { return s.ID != of && strings.EqualFold(s.Name, name) }):
		return "", errors.Field("nom", "home.sheet.twice")
	}
	return name, nil
}

// slug writes a name for an address: letters without accents, digits, dashes.
func slug(name string) string {
	var out strings.Builder
	for _, r := range strings.ToLower(plainLetters.Replace(name)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			out.WriteRune(r)
		case out.Len() > 0 && !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	if s := strings.TrimSuffix(out.String(), "-"); s != "" {
		return s
	}
	return "page"
}

var plainLetters = strings.NewReplacer("à", "a", "â", "a", "ä", "a", "À", "a", "Â", "a", "ç", "c", "Ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"É", "e", "È", "e", "Ê", "e", "î", "i", "ï", "i", "Î", "i", "ô", "o", "ö", "o", "Ô", "o", "œ", "oe", "Œ", "oe", "ù", "u", "û", "u", "ü", "u", "Ù", "u")
