package manifest

import (
	"maps"
	"testing"
)

func TestOptionsAreWrittenAndRead(t *testing.T) {
	fields := []SettingField{
		{Name: "lines", Type: "integer", Default: 6.0},
		{Name: "late", Type: "boolean", Default: true},
		{Name: "only", Type: "array", Default: []any{"b"}},
		{Name: "group", Type: "string", Format: FormatGroup, Default: ""},
	}
	fields[2].Items.Enum = []any{"a", "b"}
	for _, c := range []struct {
		given, want map[string]string
		json        string
	}{
		{nil, map[string]string{"lines": "6", "late": "true", "only": "b", "group": ""}, `{}`},
		{map[string]string{"lines": "3,5", "late": "", "only": "a,c,b", "group": "5b"},
			map[string]string{"lines": "3,5", "late": "", "only": "a,c,b", "group": "5b"},
			`{"group":"5b","late":false,"lines":3.5,"only":["a","b"]}`},
		{map[string]string{"lines": "many", "no": "x"},
			map[string]string{"lines": "many", "late": "true", "only": "b", "group": ""},
			`{"lines":"many","no":"x"}`},
	} {
		if got := Options(fields, c.given); !maps.Equal(got, c.want) {
			t.Errorf("Options(%v) = %v, want %v", c.given, got, c.want)
		}
		if got, err := OptionsJSON(fields, c.given); err != nil || string(got) != c.json {
			t.Errorf("OptionsJSON(%v) = %s %v, want %s", c.given, got, err, c.json)
		}
	}
	if Options(nil, map[string]string{"a": "b"}) != nil {
		t.Error("options of a widget that has none")
	}
}
