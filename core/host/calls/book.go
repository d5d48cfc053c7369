package calls

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"sync"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Call is what a handle stands for.
type Call struct {
	Module ids.ModuleID
	School ids.SchoolID
	Viewer *wire.Viewer // nil: an event is delivered, nobody looks
	Roles  []string     // of the viewer
	Within bool         // a calendar is being gathered: it may not gather another

	Cut context.CancelCauseFunc // ends the call from our side; nil: it cannot be
}

// Book holds the open handles. The zero value is ready.
type Book struct {
	mu   sync.RWMutex
	open map[string]*Call
}

// Open draws a handle for c; it is valid until [Book.Close].
func (b *Book) Open(c *Call) string {
	var raw [16]byte
	rand.Read(raw[:]) // never fails
	handle := hex.EncodeToString(raw[:])
	b.mu.Lock()
	if b.open == nil {
		b.open = map[string]*Call{}
	}
	b.open[handle] = c
	b.mu.Unlock()
	return handle
}

// Close forgets a handle; twice does no harm.
func (b *Book) Close(handle string) {
	b.mu.Lock()
	delete(b.open, handle)
	b.mu.Unlock()
}

// Find returns the call that handle stands for when it is one of this module's;
// Denied for any other.
func (b *Book) Find(module ids.ModuleID, handle string) (*Call, error) {
	b.mu.RLock()
	c := b.open[handle]
	b.mu.RUnlock()
	if c == nil || c.Module != module {
		return nil, errors.New(errors.Denied, "host.handle")
	}
	return c, nil
}

// Cut ends the calls under way in a module, for one school or, when school is
// empty, for all; why is what their contexts say.
func (b *Book) Cut(module ids.ModuleID, school ids.SchoolID, why error) {
	var found []*Call
	b.mu.RLock()
	for _, c := range b.open {
		if c.Module == module && (school == "" || c.School == school) && c.Cut != nil {
			found = append(found, c)
		}
	}
	b.mu.RUnlock()
	for _, c := range found {
		c.Cut(why)
	}
}

// Len counts the open handles.
func (b *Book) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.open)
}
