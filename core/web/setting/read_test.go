package setting

import (
	"maps"
	"net/url"
	"testing"

	"github.com/preau-ent/preau/sdk/manifest"
)

func TestWhatIsPostedIsRead(t *testing.T) {
	fields := []manifest.SettingField{
		{Name: "lines", Type: "integer"}, {Name: "late", Type: "boolean"}, {Name: "kinds", Type: "array"},
		{Name: "scale", Type: "integer", Enum: nil}, {Name: "side", Type: "string", Enum: []any{"left", "right"}},
	}
	fields[2].Items.Enum = []any{"a", "b", "c"}
	form := url.Values{"lines": {" 7 "}, "kinds": {"c", "a", "x"}, "scale": {"a lot"}, "side": {"left"}, "more": {"?"}}
	want := map[string]string{"lines": "7", "late": "false", "kinds": "c,a,x", "scale": "a lot", "side": "left"}
	if got := Texts(fields, form); !maps.Equal(got, want) {
		t.Errorf("texts = %v, want %v", got, want)
	}
	raw, err := Read(fields, form)
	if want := `{"kinds":["a","c"],"late":false,"lines":7,"scale":"a lot","side":"left"}`; err != nil || string(raw) != want {
		t.Errorf("json = %s %v, want %s", raw, err, want)
	}
	form.Set("late", "1")
	if got := Texts(fields, form); got["late"] != "true" || Value(fields[1], got["late"]) != true {
		t.Errorf("a box that is ticked = %v", got)
	}
	if list := Value(fields[2], "a,b").([]any); len(list) != 2 || list[1] != "b" {
		t.Errorf("a list = %v", list)
	}
}
