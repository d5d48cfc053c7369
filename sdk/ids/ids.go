package ids

import (
	"crypto/rand"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// SchoolID is a school's UAI: seven digits and a check letter ("0750001A").
type SchoolID string

// PersonID names one person, in all their schools (a ULID).
type PersonID string

// GroupID names a class or another group inside one school.
type GroupID string

// ModuleID names a module: lower-case letters, digits and dashes ("devoirs").
type ModuleID string

// Permission is "<module>.<word>" ("devoirs.set"); the core's own begin with "core.".
type Permission string

// Module returns the part of the permission before its first dot.
func (p Permission) Module() ModuleID {
	m, _, _ := strings.Cut(string(p), ".")
	return ModuleID(m)
}

// New returns a new sortable identifier (ULID: 26 letters and digits, the
// first 10 of them the time in milliseconds, 80 bits from crypto/rand).
func New() string {
	return ulid.MustNew(ulid.Timestamp(time.Now()), rand.Reader).String()
}
