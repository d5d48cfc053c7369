package errors

import (
	"context"
	"fmt"
	"io"
	"testing"
)

func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want Kind
	}{
		{nil, OK},
		{io.EOF, Bug},
		{context.DeadlineExceeded, Timeout},
		{fmt.Errorf("x: %w", context.Canceled), Cancelled},
		{fmt.Errorf("x: %w", New(Denied, "no")), Denied},
		{Wrap(New(NotFound, "a"), Unavailable, "b"), Unavailable},
	} {
		if got := KindOf(c.err); got != c.want {
			t.Errorf("KindOf(%v) = %v, want %v", c.err, got, c.want)
		}
	}
}

func TestCauseStaysPrivateAcrossProcesses(t *testing.T) {
	err := Wrap(io.ErrUnexpectedEOF, Conflict, "devoirs.changed", "n", 3)
	back := FromStatus(ToStatus(err))
	if KindOf(back) != Conflict {
		t.Errorf("kind = %v, want conflict", KindOf(back))
	}
	key, args := Public(back)
	if key != "devoirs.changed" || len(args) != 2 {
		t.Errorf("public = %q %v", key, args)
	}
	if Is(back, io.ErrUnexpectedEOF) {
		t.Error("the private cause crossed the border")
	}
	if f := FieldsOf(FromStatus(ToStatus(Field("due", "past")))); f["due"] != "past" {
		t.Errorf("fields = %v", f)
	}
}

func TestEveryKindMapsBothWays(t *testing.T) {
	for k := Invalid; k <= Bug; k++ {
		if got := FromHTTP(k.HTTP()); got != k {
			t.Errorf("FromHTTP(%d) = %v, want %v", k.HTTP(), got, k)
		}
		if got := KindOf(FromStatus(ToStatus(New(k, "x")))); got != k {
			t.Errorf("through gRPC %v became %v", k, got)
		}
	}
}
