package process

import (
	"fmt"
	"io"
	"strings"

	hclog "github.com/hashicorp/go-hclog"
)

const ownName = "go-plugin"

// newLogger returns the logger that go-plugin writes the module's lines to; of
// its own words only warnings and errors are kept, but for the end of a process:
// the supervisor says that, and whether it was wanted.
func newLogger(log func(level, text string)) hclog.Logger {
	l := hclog.NewInterceptLogger(&hclog.LoggerOptions{Name: ownName, Level: hclog.Trace, Output: io.Discard})
	l.RegisterSink(&sink{log})
	return l
}

type sink struct{ log func(level, text string) }

// Accept implements hclog.SinkAdapter.
func (s *sink) Accept(name string, level hclog.Level, msg string, args ...any) {
	if name == ownName && (level < hclog.Warn || msg == "plugin process exited") || strings.HasPrefix(name, ownName+".stdio") {
		return
	}
	var b strings.Builder
	b.WriteString(msg)
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] != "timestamp" {
			fmt.Fprintf(&b, " %v=%v", args[i], args[i+1])
		}
	}
	s.log(level.String(), b.String())
}

// lineWriter makes lines of what the module prints; a line without end is cut.
type lineWriter struct {
	log   func(level, text string)
	level string
	part  []byte
}

const maxPart = 8 << 10

func (w *lineWriter) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		line, after, whole := strings.Cut(string(rest), "\n")
		w.part = append(w.part, line...)
		rest = []byte(after)
		if whole || len(w.part) > maxPart {
			w.log(w.level, string(w.part))
			w.part = w.part[:0]
		}
	}
	return len(p), nil
}
