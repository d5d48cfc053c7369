package sdk

import (
	"net/url"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

func TestFaults(t *testing.T) {
	f := posted(url.Values{"due": {"demain"}}).Fields()
	f.Date("due")
	f.Bad("title", "m.title.long", "n", 5)
	wrong, err := f.Faults()
	if err != nil {
		t.Fatal(err)
	}
	wrong.Bad("due", "m.second") // the first is kept
	wrong.Add("mark", nil)
	wrong.Add("mark", errors.New(errors.Invalid, "m.mark", "n", 20))
	form := wrong.Blame(ui.NewForm("/x", "m.send", ui.TextField("title", "m.title"), ui.DateField("due", "m.due"), ui.TextField("mark", "m.mark.label")), "m.wrong")
	for i, want := range []struct {
		key string
		n   int64
	}{{"m.title.long", 5}, {"error.field.date", 0}, {"m.mark", 20}} {
		got := form.Fields[i].Error
		if got.GetKey() != want.key || len(got.GetArgs()) > 0 != (want.n > 0) || want.n > 0 && got.GetArgs()[0].GetN() != want.n {
			t.Errorf("field %d says %v, want %v", i, got, want)
		}
	}
	if form.Error.GetKey() != "m.wrong" || form.Error.GetArgs()[0].GetN() != 3 {
		t.Errorf("on top: %v", form.Error)
	}
	wrong = Faults{"gone": ui.T("m.gone")}
	if form = wrong.Blame(ui.NewForm("/x", "m.send"), "m.wrong"); form.Error.GetKey() != "m.gone" {
		t.Errorf("a fault without its field: %v", form.Error)
	}
	if form = (Faults{}).Blame(ui.NewForm("/x", "m.send"), "m.wrong"); form.Error != nil {
		t.Errorf("no fault: %v", form.Error)
	}
}

// TestFieldArguments reach the page through every border.
func TestFieldArguments(t *testing.T) {
	err := errors.FromStatus(errors.ToStatus(errors.Field("due", "m.past", "n", 3)))
	form := ui.Blame(ui.NewForm("/x", "m.send", ui.DateField("due", "m.due")), err)
	if got := form.Fields[0].Error; got.GetKey() != "m.past" || len(got.GetArgs()) != 1 || got.GetArgs()[0].GetName() != "n" {
		t.Errorf("the field says %v", got)
	}
}
