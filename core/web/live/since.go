package live

import (
	"strconv"
	"strings"
	"time"
)

// Since is a moment on the clocks of what changes. As text it is the id of an
// event: the moment at which a stream is taken up again.
type Since struct {
	Boot string // of the process that said it: its marks mean nothing to the next
	Mark uint64 // as home.Service.Mark
	At   time.Time
}

// String writes the moment so that [Parse] reads it.
func (s Since) String() string {
	return s.Boot + "." + strconv.FormatUint(s.Mark, 36) + "." + strconv.FormatInt(s.At.UnixNano(), 36)
}

// Parse reads a moment; false when text is none, and nothing is known then.
func Parse(text string) (Since, bool) {
	boot, rest, _ := strings.Cut(text, ".")
	mark, at, ok := strings.Cut(rest, ".")
	if !ok || boot == "" || len(text) > 80 {
		return Since{}, false
	}
	m, errMark := strconv.ParseUint(mark, 36, 64)
	ns, errAt := strconv.ParseInt(at, 36, 64)
	if errMark != nil || errAt != nil {
		return Since{}, false
	}
	return Since{Boot: boot, Mark: m, At: time.Unix(0, ns)}, true
}
