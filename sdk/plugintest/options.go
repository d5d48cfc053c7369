package plugintest

import "github.com/preau-ent/preau/sdk/manifest"

// settable fails the test when the core would refuse these settings of a widget.
func (h *Harness) settable(widget string, options map[string]string) {
	h.t.Helper()
	if len(options) == 0 {
		return
	}
	raw, err := manifest.OptionsJSON(h.Manifest.WidgetFields(widget), options)
	if err == nil {
		err = h.Manifest.CheckWidgetSettings(widget, raw)
	}
	if err != nil {
		h.t.Fatalf("settings of widget %s: %v", widget, err)
	}
}
