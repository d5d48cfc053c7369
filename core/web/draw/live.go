package draw

import (
	"time"

	"github.com/a-h/templ"

	"github.com/preau-ent/preau/core/web/assets"
)

// Live is what the script of a page needs to keep it current, and to have it
// read offline.
type Live struct {
	Since  string    // where what is new begins: package live
	Who    string    // tells what one person kept from what another did
	Keep   bool      // the page may be kept, to be read offline
	Shared bool      // the machine is shared: nothing is kept
	At     time.Time // of the page, for when it is read later
}

// liveMarks are the attributes of the body by which the script knows.
func (l *Layout) liveMarks() templ.Attributes {
	a := templ.Attributes{}
	if l.Live == nil {
		return a
	}
	a["data-since"], a["data-who"] = l.Live.Since, l.Live.Who
	if l.Live.Keep && !l.Live.Shared {
		a["data-keep"] = "1"
	}
	if l.Live.Shared {
		a["data-shared"] = "1"
	}
	return a
}

// liveWords are what the script says, and where its worker is.
func (c *Context) liveWords() templ.Attributes {
	return templ.Attributes{
		"data-worker":  assets.Path("sw.js"),
		"data-queued":  c.t("draw.live.queued"),
		"data-sent":    c.t("draw.live.sent"),
		"data-refused": c.t("draw.live.refused"),

		"data-unsent":      c.t("draw.live.unsent"),
		"data-unsent-here": c.t("draw.live.unsent.here"),
		"data-back":        c.t("draw.live.back"),
		"data-found":       c.t("draw.live.found"),
		"data-found-files": c.t("draw.live.found.files"),
		"data-left":        c.t("draw.live.left"),
	}
}

// waits marks a form that may be sent later, once.
func (c *Context) waits(target string) templ.Attributes {
	if c.Waits != nil && c.Waits(target) {
		return templ.Attributes{"data-queue": true}
	}
	return nil
}

// lateFrom marks what comes afterwards: the script fetches it and puts it in place.
func lateFrom(address string) templ.Attributes {
	return templ.Attributes{"data-late": address, "aria-busy": "true"}
}

// NoticesLabel is what the bell says of the unread notices.
func NoticesLabel(c *Context, unread int) string { return c.begin().t("draw.notices", "n", unread) }
