package home

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

func BenchmarkWarmHome(b *testing.B) {
	offers := []Offer{}
	for i := range 8 {
		offers = append(offers, offer(fmt.Sprint("w", i)))
	}
	s, m := newBench(b, Pace{}, offers...)
	m.let("w0", func(context.Context) (*wire.Node, error) { return ui.TextOf(ui.S(strings.Repeat("x", 2000))), nil })
	c := asking("ana")
	if err := s.SetMode(context.Background(), c, ExpertMode); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Compose(context.Background(), c); err != nil {
			b.Fatal(err)
		}
	}
}
