package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

const ofIdentity = "attacks on identity"

var onIdentity = []wrong{
	{Name: "masquerade", Family: ofIdentity, Tries: "says that it is another module", start: func() { raw(rawPretends) }},
	{Name: "foreign-handle", Family: ofIdentity, Tries: "presents the call handle of another module, a guessed one, none and two", attack: foreignHandle},
	{Name: "replayed-handle", Family: ofIdentity, Tries: "presents a call handle again after its request", attack: replayedHandle},
	{Name: "other-school", Family: ofIdentity, Tries: "publishes in a school that did not enable it", attack: otherSchool},
	{Name: "other-person", Family: ofIdentity, Tries: "sends a forged viewer and writes to a person of another school", attack: otherPerson},
	{Name: "foreign-event", Family: ofIdentity, Tries: "publishes another module's events and the core's", attack: foreignEvent},
	{Name: "more-rights", Family: ofIdentity, Tries: "uses services that its manifest does not ask for", attack: moreRights},
	{Name: "core-route", Family: ofIdentity, Tries: "claims routes, permissions and events of the core or of others in its manifest"},
	{Name: "grow", Family: ofIdentity, Tries: "asks for more capabilities in a new version"},
}

// core returns the services with a context that carries these handles.
func (a *attacker) core(handles ...string) (context.Context, grpc.ClientConnInterface) {
	ctx := context.WithoutCancel(a.Context())
	for _, h := range handles {
		ctx = metadata.AppendToOutgoingContext(ctx, wire.MetadataCall, h)
	}
	if c := toCore.Load(); c != nil {
		return ctx, *c
	}
	panic("started without the word core-open")
}

// groups asks the directory with these handles: the one service it may use.
func (a *attacker) groups(what string, handles ...string) {
	ctx, c := a.core(handles...)
	_, err := wire.NewDirectoryClient(c).Groups(ctx, &wire.GroupsRequest{})
	a.try(what, err)
}

func (a *attacker) own() string { return a.Header.Get(wire.HeaderCall) }

func foreignHandle(a *attacker) {
	a.groups("another module's handle", a.given("handle"))
	a.groups("a guessed handle", strings.Repeat("0", 32))
	a.groups("no handle")
	a.groups("an empty handle", "")
	a.groups("two handles", a.own(), a.given("handle"))
	a.groups("its own handle in capitals", strings.ToUpper(a.own())+" ")
}

// earlier holds the handles of requests that have ended.
var earlier struct {
	sync.Mutex
	handle string
}

// replayedHandle keeps its handle at the first request and presents it at the
// second.
func replayedHandle(a *attacker) {
	earlier.Lock()
	defer earlier.Unlock()
	if earlier.handle != "" {
		a.groups("the handle of a request that has ended", earlier.handle)
	}
	earlier.handle = a.own()
}

func (a *attacker) publish(what, school, event string) {
	ctx, c := a.core(a.own())
	_, err := wire.NewEventsClient(c).Publish(ctx, &wire.PublishRequest{School: school, Id: ids.New(), Name: event, Payload: []byte("1")})
	a.try(what, err)
}

func otherSchool(a *attacker) {
	a.publish("publish in another school", a.given("school"), "hostile.storm")
	a.publish("publish in the core's own space", "_core", "hostile.storm")
	a.publish("publish in no school", "", "hostile.storm")
	a.publish("publish in a folder above", "../x", "hostile.storm")
}

func otherPerson(a *attacker) {
	ctx, c := a.core(a.own())
	found, err := wire.NewDirectoryClient(c).People(ctx, &wire.PeopleRequest{Ids: []string{a.given("person")}})
	if err == nil && len(found.People) == 0 {
		err = errors.New("nobody was found")
	}
	a.try("look a person of another school up", err)
	forged := metadata.AppendToOutgoingContext(ctx, strings.ToLower(wire.HeaderViewer), a.given("person"))
	links, err := wire.NewPersonalLinksClient(c).List(forged, &wire.ListLinksRequest{})
	if err == nil && len(links.Links) == 0 {
		err = errors.New("no link was found")
	}
	a.try("list another person's links", err)
	_, err = wire.NewPersonalLinksClient(c).Revoke(forged, &wire.RevokeLinkRequest{Id: a.given("link")})
	a.try("revoke another person's link", err)
}

func foreignEvent(a *attacker) {
	school := string(a.School)
	a.publish("publish a neighbour's event", school, "voisin.storm")
	a.publish("publish an event of the core", school, "identity.left")
	a.publish("publish an event it did not declare", school, "hostile.secret")
}

func moreRights(a *attacker) {
	ctx, c := a.core(a.own())
	_, err := wire.NewNotifyClient(c).Send(ctx, &wire.SendRequest{People: []string{string(a.Viewer.Person)}, Text: &wire.Text{Plain: "x"}})
	a.try("send a notice", err)
	_, err = wire.NewAuditClient(c).Record(ctx, &wire.RecordRequest{Action: "x"})
	a.try("write into the journal", err)
	_, err = wire.NewFilesClient(c).Stat(ctx, &wire.GetRequest{Id: "x"})
	a.try("look at a file", err)
	_, err = wire.NewFilesClient(c).Delete(ctx, &wire.GetRequest{Id: "x"})
	a.try("delete a file", err)
	_, err = wire.NewPersonalLinksClient(c).Create(ctx, &wire.CreateLinkRequest{Path: "/echo"})
	a.try("make a link to a page that allows none", err)
}

// showHandle tells the handle of its own call and keeps the call open until the
// reader goes: the neighbour's part in foreign-handle.
func showHandle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	io.WriteString(w, sdk.RequestOf(r).Header.Get(wire.HeaderCall)+"\n")
	http.NewResponseController(w).Flush()
	<-r.Context().Done()
}
