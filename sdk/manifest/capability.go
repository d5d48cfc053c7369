package manifest

import (
	"slices"
	"strings"
)

// Capability is something the core does for modules that ask for it.
type Capability string

// The capabilities; PublishEvents is followed by the event's name.
const (
	ReadDirectory Capability = "directory.read"
	SendNotices   Capability = "notify.send"
	WriteFiles    Capability = "files.write"
	ReadCalendars Capability = "calendar.read"
	PersonalLinks Capability = "links.personal"
	RecordAudit   Capability = "audit.record"
	PublishEvents Capability = "events.publish:"
)

// Capabilities lists those without an argument.
func Capabilities() []Capability {
	return []Capability{ReadDirectory, SendNotices, WriteFiles, ReadCalendars, PersonalLinks, RecordAudit}
}

// MayPublish is the capability to publish the event of this name.
func MayPublish(event string) Capability { return PublishEvents + Capability(event) }

// Known reports whether the core offers the capability.
func (c Capability) Known() bool {
	_, publishes := c.Event()
	return publishes || slices.Contains(Capabilities(), c)
}

// Event returns the event that c allows to publish.
func (c Capability) Event() (name string, ok bool) {
	return strings.CutPrefix(string(c), string(PublishEvents))
}
