package draw

import "github.com/preau-ent/preau/sdk/ui"

// toneName is the end of a tone's class and key; neutral has none.
func toneName(t ui.Tone) string {
	switch t {
	case ui.Info:
		return "info"
	case ui.Ok:
		return "ok"
	case ui.Warn:
		return "warn"
	case ui.Bad:
		return "bad"
	}
	return ""
}

func toneClass(t ui.Tone) string {
	if name := toneName(t); name != "" {
		return "t-" + name
	}
	return ""
}

func toneSign(t ui.Tone) string {
	switch t {
	case ui.Info:
		return ui.IconInfo
	case ui.Ok:
		return ui.IconDone
	case ui.Warn:
		return ui.IconWarn
	case ui.Bad:
		return ui.IconBad
	}
	return ""
}
