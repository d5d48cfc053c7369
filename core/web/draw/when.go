package draw

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/ui"
)

// when is a time to show, nil for none.
type when struct{ at time.Time }

func (w *when) machine(c *Context) string { return w.at.In(c.Say.Zone).Format(time.RFC3339) }

func whenOf(v interface{ GetWhen() *timestamppb.Timestamp }) *when {
	if t := v.GetWhen(); t.IsValid() {
		return &when{t.AsTime()}
	}
	return nil
}

// titleOf is a title cut to its place, or the label of its link.
func (c *Context) titleOf(title *ui.Words, l *ui.Link) string {
	if s := c.w(title); s != "" {
		return c.cut(s, cutTitle)
	}
	return c.linkLabel(l)
}
