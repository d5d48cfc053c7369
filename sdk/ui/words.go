package ui

import (
	"fmt"
	"reflect"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/wire"
)

// TimeStyle is how a time is written in a sentence.
type TimeStyle = wire.TimeStyle

// The styles, with how they read in French.
const (
	Date     = wire.TimeStyle_TIME_STYLE_DATE      // mardi 3 mars
	DateTime = wire.TimeStyle_TIME_STYLE_DATE_TIME // mardi 3 mars, 14 h 30
	Clock    = wire.TimeStyle_TIME_STYLE_TIME      // 14 h 30
)

// Moment is a time with the style in which to write it; see [Time].
type Moment struct {
	At    time.Time
	Style TimeStyle
}

// Time is an argument of [T] that is written in the given style; a plain
// time.Time is written as a [Date].
func Time(t time.Time, style TimeStyle) Moment { return Moment{t, style} }

// T returns the words of a translation key. args are pairs of name and value:
// strings, integers, time.Time, [Moment] or other Words. The integer named "n"
// chooses the plural. A last value without a name is named "arg".
func T(key string, args ...any) *Words {
	w := &Words{Key: key}
	for len(args) > 0 {
		name, rest := "arg", args
		if len(args) > 1 {
			name, rest = fmt.Sprint(args[0]), args[1:]
		}
		w.Args = append(w.Args, argOf(name, rest[0]))
		args = rest[1:]
	}
	return w
}

// S returns words shown as they are: what a person wrote.
func S(plain string) *Words { return &Words{Plain: plain} }

// At returns t as trees carry it, nil for the zero time.
func At(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

// AboutChild names the child something is about.
func AboutChild(person, name string) *About { return &About{Person: person, Name: name} }

func argOf(name string, value any) *Arg {
	a := &Arg{Name: name}
	switch v := value.(type) {
	case time.Time:
		a.Value = &wire.Arg_T{T: timestamppb.New(v)}
	case Moment:
		a.Value, a.Style = &wire.Arg_T{T: timestamppb.New(v.At)}, v.Style
	case *Words:
		a.Value = &wire.Arg_Text{Text: v}
	default:
		if r := reflect.ValueOf(value); r.IsValid() && r.CanInt() {
			a.Value = &wire.Arg_N{N: r.Int()}
		} else {
			a.Value = &wire.Arg_S{S: fmt.Sprint(value)}
		}
	}
	return a
}
