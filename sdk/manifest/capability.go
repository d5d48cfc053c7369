package manifest

import (
	"regexp"
	"slices"
	"strings"
)

// Capability is something the core does for modules that ask for it.
type Capability string

// The capabilities; PublishEvents is followed by the event's name, Connect by a
// host or by "@" and the name of a setting in which the school lists hosts.
const (
	ReadDirectory Capability = "directory.read"
	SendNotices   Capability = "notify.send"
	SendUrgent    Capability = "notify.urgent" // outside the school's hours
	WriteFiles    Capability = "files.write"
	ReadCalendars Capability = "calendar.read"
	PersonalLinks Capability = "links.personal"
	RecordAudit   Capability = "audit.record"
	PublishEvents Capability = "events.publish:"
	Connect       Capability = "net.connect:"
)

// Capabilities lists those without an argument.
func Capabilities() []Capability {
	return []Capability{ReadDirectory, SendNotices, SendUrgent, WriteFiles, ReadCalendars, PersonalLinks, RecordAudit}
}

// MayPublish is the capability to publish the event of this name.
func MayPublish(event string) Capability { return PublishEvents + Capability(event) }

// Known reports whether the core offers the capability.
func (c Capability) Known() bool {
	_, publishes := c.Event()
	host, connects := c.Host()
	return publishes || connects && hostOrSetting.MatchString(host) || slices.Contains(Capabilities(), c)
}

// Event returns the event that c allows to publish.
func (c Capability) Event() (name string, ok bool) {
	return strings.CutPrefix(string(c), string(PublishEvents))
}

// Host returns where c allows to connect: a host name in lower case, or "@" and
// the name of a setting.
func (c Capability) Host() (name string, ok bool) {
	return strings.CutPrefix(string(c), string(Connect))
}

// hostOrSetting: a DNS name of two labels or more, never an address, or a setting.
var hostOrSetting = regexp.MustCompile(`^(@[a-z][a-z0-9_]*|([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?)$`)
