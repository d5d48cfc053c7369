package sdk

import "testing"

func TestOptionsOfAWidget(t *testing.T) {
	r := &WidgetRequest{Options: map[string]string{"lines": "8", "far": "900", "none": "0", "word": "x", "kinds": "a,b", "late": "true"}}
	for _, c := range []struct {
		name string
		want int
	}{{"lines", 8}, {"far", 50}, {"none", 5}, {"word", 5}, {"missing", 5}} {
		if got := r.Count(c.name, 5, 50); got != c.want {
			t.Errorf("Count(%s) = %d, want %d", c.name, got, c.want)
		}
	}
	if !r.Chose("kinds", "b") || r.Chose("kinds", "c") || !r.Chose("late", "true") || r.Chose("missing", "true") {
		t.Error("what was chosen is read wrongly")
	}
	if r.Option("word") != "x" || (&WidgetRequest{}).Option("word") != "" {
		t.Error("a text is read wrongly")
	}
}
