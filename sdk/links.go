package sdk

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/wire"
)

// Links makes secret addresses at which the viewer's GET of one route answers
// without signing in: a calendar feed, say. The route declares "link: true".
type Links struct{ call *call }

// Link is one such address.
type Link struct {
	ID      string
	Path    string // inside the module
	Label   string
	Address string    // "/lien/<secret>", known only when it was just made
	Created time.Time // in UTC
	Used    time.Time // zero: never
}

// Create makes a link to a path of the module; label is the person's own name for it.
func (l Links) Create(path, label string) (Link, error) {
	out, err := invoke(l.call, wire.NewPersonalLinksClient(l.call.conn).Create, &wire.CreateLinkRequest{Path: path, Label: label})
	return linkOf(out), err
}

// List returns the viewer's links to a path.
func (l Links) List(path string) ([]Link, error) {
	out, err := invoke(l.call, wire.NewPersonalLinksClient(l.call.conn).List, &wire.ListLinksRequest{Path: path})
	var links []Link
	for _, w := range out.GetLinks() {
		links = append(links, linkOf(w))
	}
	return links, err
}

// Revoke ends a link of the viewer.
func (l Links) Revoke(id string) error {
	_, err := invoke(l.call, wire.NewPersonalLinksClient(l.call.conn).Revoke, &wire.RevokeLinkRequest{Id: id})
	return err
}

func linkOf(w *wire.PersonalLink) Link {
	return Link{
		ID: w.GetId(), Path: w.GetPath(), Label: w.GetLabel(), Address: w.GetAddress(),
		Created: timeOf(w.GetCreated()), Used: timeOf(w.GetUsed()),
	}
}

// timeOf keeps an absent time zero: AsTime would make it 1970.
func timeOf(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime()
}
