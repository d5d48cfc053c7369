package sdk

import (
	"sync"
	"time"
	_ "time/tzdata" // a confined module sees no /usr/share/zoneinfo
)

// zones caches locations: loading one reads and parses a file.
var zones sync.Map // string → *time.Location

// zone returns the named location, UTC when there is none of that name.
func zone(name string) *time.Location {
	if l, ok := zones.Load(name); ok {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC // not cached: names from outside must not fill the memory
	}
	zones.Store(name, l)
	return l
}
